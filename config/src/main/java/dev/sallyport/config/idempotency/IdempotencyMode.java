package dev.sallyport.config.idempotency;

/** What becomes of a call with an {@code Idempotency-Key}. */
public enum IdempotencyMode {
    /** The header goes on to the provider like any other. */
    OFF,
    /** The call is made once. */
    ON
}
