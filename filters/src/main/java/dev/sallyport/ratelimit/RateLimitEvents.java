package dev.sallyport.ratelimit;

/** Hears of calls that a limit refused; metrics. Must not block. */
@FunctionalInterface
public interface RateLimitEvents {
    /** A limit, by its name in the settings, refused a call. */
    void limited(String limit);
}
