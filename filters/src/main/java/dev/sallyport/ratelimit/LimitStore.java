package dev.sallyport.ratelimit;

import java.time.Duration;

/** Keeps the buckets of limits. Thread-safe, never blocks. */
@FunctionalInterface
public interface LimitStore {
    /** Takes one permit; returns how long to wait for one instead, zero if it was given. */
    Duration take(Limit limit, String key);
}
