package dev.sallyport.idempotency;

import java.util.Locale;

/** Hears what became of calls with a key; metrics. Must not block. */
public interface IdempotencyEvents {
    /** What a call met. */
    enum Met {
        /** The key was free: the call is made. */
        FIRST,
        REPLAYED,
        IN_FLIGHT,
        REUSED,
        UNKNOWN,
        /** There is no answer any more that could be given. */
        GONE,
        /** The stored answer cannot be opened: it was changed, or its key is not in the settings any more. */
        UNREADABLE,
        INVALID_KEY,
        /** The store did not answer, or has no room: the call was refused. */
        UNAVAILABLE,
        /** The store did not answer, or has no room: the call is made all the same. */
        UNPROTECTED;

        /** As metrics name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a claim ended. */
    enum Ended {
        STORED,
        FREED,
        UNKNOWN,
        /** The store did not take it in time. Until it does, the outcome is held to be unknown once the claim has lapsed. */
        LOST;

        /** As metrics name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A call with a key came. */
    void met(String operation, Met met);

    /** A call that had claimed a key came to its end. */
    void ended(String operation, Ended ended);
}
