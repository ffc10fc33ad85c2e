package dev.sallyport.token.keys;

import dev.sallyport.token.keys.KeySource.Issuer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Fetches a project's JWKS document over the network. Never blocks; an error is taken for {@link FetchFault#UNREACHABLE}. */
@FunctionalInterface
public interface JwksFetch {
    Mono<Fetched> fetch(Issuer issuer);

    /** What came of a fetch. */
    sealed interface Fetched {}

    /**
     * A document, not looked into yet.
     *
     * @param maxAge how long the provider says that it is fresh; null if it says nothing
     */
    record Document(String jwks, @Nullable Duration maxAge) implements Fetched {}

    /**
     * Something that is no document, or none that we would read.
     *
     * @param cause what was thrown; null if nothing was
     */
    record Refused(FetchFault fault, @Nullable Throwable cause) implements Fetched {
        public Refused(FetchFault fault) {
            this(fault, null);
        }
    }
}
