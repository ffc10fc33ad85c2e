package dev.sallyport.config.limit;

/** Where calls are counted for the rate limits. */
public enum RateLimitStore {
    /** In this gateway alone: two of them let through twice as much. */
    LOCAL,
    /** In the store that gateways share, a Redis or Valkey server. */
    REDIS
}
