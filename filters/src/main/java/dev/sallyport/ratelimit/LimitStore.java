package dev.sallyport.ratelimit;

import java.time.Duration;

/** Keeps the buckets of limits. Thread-safe, never blocks. */
public interface LimitStore {
    /** How long to wait for a permit, zero if there is one; takes none. */
    Duration ask(Limit limit, String key);

    /** Takes one permit; returns how long to wait for one instead, zero if it was given. */
    Duration take(Limit limit, String key);

    /** Puts a permit back that was taken, and is not needed after all. */
    void giveBack(Limit limit, String key);
}
