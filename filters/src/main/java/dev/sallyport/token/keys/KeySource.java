package dev.sallyport.token.keys;

import dev.sallyport.call.CallSpan;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.TokenAlgorithm;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Has the provider's public keys at hand. Thread-safe, never blocks. */
public interface KeySource {
    /** Whose keys and for what: a project, the operation that publishes them, and the algorithm that tokens are signed with. */
    record Issuer(Operation jwks, TokenAlgorithm algorithm, String project) {
        /** Of those that there are, hardly two have the same project, and each call asks. */
        @Override
        public int hashCode() {
            return project.hashCode();
        }
    }

    /**
     * Keys with their age.
     *
     * @param lifetime how long they are as good as what the provider would say; none of those that an earlier process fetched
     */
    record KnownKeys(KeySet keys, Duration age, Duration lifetime) {}

    /** The keys known now, without waiting; null if there are none. */
    @Nullable
    KeySet known(Issuer issuer);

    /**
     * Keys that have this id, after it was not among those that were known. May wait, for a bounded time, until asking the
     * provider is permitted again. Empty if there are none.
     */
    Mono<KeySet> having(Issuer issuer, String keyId);

    /**
     * The same for a call.
     *
     * @param span of the call, in which a fetch is told that is made for it
     */
    default Mono<KeySet> having(Issuer issuer, String keyId, CallSpan span) {
        return having(issuer, keyId);
    }

    /** The keys known now with their age, without waiting; null if there are none. */
    default @Nullable KnownKeys dated(Issuer issuer) {
        return null;
    }

    /** Why the last fetch that failed did, for the log; null if none did. */
    default @Nullable Throwable lastFailure(Issuer issuer) {
        return null;
    }
}
