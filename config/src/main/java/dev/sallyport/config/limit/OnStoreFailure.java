package dev.sallyport.config.limit;

/** What becomes of a call whose permits cannot be had of the shared store. */
public enum OnStoreFailure {
    /** It is counted in this gateway, by the same limits. */
    LOCAL,
    /** It is refused. */
    REFUSE,
    /** It goes on, uncounted. */
    ALLOW
}
