package dev.sallyport.config.idempotency;

/** Where it is remembered which keys were used. */
public enum IdempotencyStore {
    /** In this gateway alone, until it stops. */
    LOCAL,
    /** In the Redis or Valkey server that gateways share. */
    REDIS
}
