package dev.sallyport.idempotency;

import dev.sallyport.call.CallSpan;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Remembers which keys were used, and what for. A claim belongs to an owner, a random name that no other claim ever has: only
 * the owner renews or ends it. One that its owner did not renew in time is held to be of unknown outcome from then on, since the
 * call may have been carried out; the owner may still end it. Thread-safe, never blocks; a failure of the store is an error of what
 * it returns.
 */
public interface ClaimStore {
    /**
     * A claim.
     *
     * @param names of the key, newest first: the claim is made under the first, if the key was used under none
     * @param span of the call that is to be made
     */
    record Wish(List<String> names, String fingerprint, String owner, CallSpan span) {
        /** Of a call that is not traced. */
        public Wish(List<String> names, String fingerprint, String owner) {
            this(names, fingerprint, owner, CallSpan.NONE);
        }

        /** The name that the claim is made under. */
        public String name() {
            return names.get(0);
        }

        @Override
        public String toString() {
            return "Wish";
        }
    }

    /** Takes a key, or says what it was used for. */
    Mono<Claim> claim(Wish wish);

    /** Keeps a claim from lapsing; whether it is the owner's still. */
    Mono<Boolean> renew(Wish granted);

    /** Ends a claim; whether it was the owner's still. */
    Mono<Boolean> end(Wish granted, Ending ending);

    /** Tells what ends could not be told yet, since the gateway stops. */
    default Mono<Void> tellLateEnds() {
        return Mono.empty();
    }
}
