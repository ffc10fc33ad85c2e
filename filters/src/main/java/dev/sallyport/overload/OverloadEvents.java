package dev.sallyport.overload;

import dev.sallyport.config.concurrency.Priority;

/** Hears of calls that are too many; metrics. Must not block. */
public interface OverloadEvents {
    /** What a call was too many for. */
    enum Cause {
        /** There was no permit, and no line for its priority or no room in it. */
        LIMIT,
        /** It waited for a permit, and none came in time. */
        WAIT,
        /** The event loop is behind. */
        EVENT_LOOP,
        /** Direct memory is nearly used up. */
        DIRECT_MEMORY
    }

    /**
     * A call was refused, or would have been.
     *
     * @param refused false if it went on, because such calls are only reported
     */
    void shed(Priority priority, Cause cause, boolean refused);
}
