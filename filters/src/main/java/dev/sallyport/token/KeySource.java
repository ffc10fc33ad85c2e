package dev.sallyport.token;

import dev.sallyport.contract.Operation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Has the provider's public keys at hand. Thread-safe, never blocks. */
public interface KeySource {
    /** Whose keys: a project, and the operation that publishes them. */
    record Issuer(Operation jwks, String project) {}

    /** The keys known now, without waiting; null if there are none yet. */
    @Nullable
    KeySet known(Issuer issuer);

    /**
     * Keys that may be newer than {@code stale}: after a key id was not among them, or when there were none. Empty if there
     * are none to be had.
     */
    Mono<KeySet> newer(Issuer issuer, @Nullable KeySet stale);
}
