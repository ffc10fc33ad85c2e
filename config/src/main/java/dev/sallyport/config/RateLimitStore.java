package dev.sallyport.config;

/** Where calls are counted for the rate limits. */
public enum RateLimitStore {
    /** In this gateway alone: two of them let through twice as much. */
    LOCAL
}
