package dev.sallyport.config.idempotency;

/** What becomes of a call with a key when the store cannot be asked about it. */
public enum OnStoreFailure {
    /** It is not made: it might be the second one. */
    REFUSE,
    /** It is made as if it had no key. */
    ALLOW
}
