package dev.sallyport.idempotency;

import org.jspecify.annotations.Nullable;

/** What a store says of a key. */
public sealed interface Claim {
    /** The key was free and is the asker's now. */
    record Granted() implements Claim {}

    /**
     * The key was used before.
     *
     * @param which under which of the names that were asked for
     * @param fingerprint of the call that it was used for
     * @param answer null if none is kept, or not any more
     */
    record Held(
            int which,
            State state,
            String fingerprint,
            @Nullable SealedAnswer answer) implements Claim {
        @Override
        public String toString() {
            return "Held[" + state + "]";
        }
    }

    /** How far the call with a key got. */
    enum State {
        IN_FLIGHT,
        SUCCEEDED,
        UNKNOWN
    }
}
