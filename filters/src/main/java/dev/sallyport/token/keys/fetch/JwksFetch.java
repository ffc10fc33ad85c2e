package dev.sallyport.token.keys.fetch;

import dev.sallyport.call.CallSpan;
import dev.sallyport.token.keys.KeySource.Issuer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Fetches a project's JWKS document over the network. Never blocks; an error is taken for {@link FetchFault#UNREACHABLE}. */
@FunctionalInterface
public interface JwksFetch {
    Mono<Fetched> fetch(Issuer issuer);

    /**
     * The same in a trace.
     *
     * @param span of the fetch, which is another's to end
     */
    default Mono<Fetched> fetch(Issuer issuer, CallSpan span) {
        return fetch(issuer);
    }

    /** What came of a fetch. */
    sealed interface Fetched {}

    /** A document, not looked into yet. */
    final class Document implements Fetched {
        private final byte[] jwks;
        private final @Nullable Duration maxAge;

        /**
         * A document.
         *
         * @param jwks the very bytes that came
         * @param maxAge how long the provider says that it is fresh; null if it says nothing
         */
        public Document(byte[] jwks, @Nullable Duration maxAge) {
            this.jwks = jwks;
            this.maxAge = maxAge;
        }

        byte[] jwks() {
            return jwks;
        }

        @Nullable
        Duration maxAge() {
            return maxAge;
        }

        @Override
        public String toString() {
            return jwks.length + " bytes";
        }
    }

    /**
     * Something that is no document, or none that we would read.
     *
     * @param cause what was thrown; null if nothing was
     */
    record FetchRefused(FetchFault fault, @Nullable Throwable cause) implements Fetched {
        public FetchRefused(FetchFault fault) {
            this(fault, null);
        }
    }
}
