package dev.sallyport.config.concurrency;

/** What becomes of a call that is too many. */
public enum ConcurrencyMode {
    /** Nothing is measured. */
    OFF,
    /** It is counted, and goes on. */
    REPORT,
    /** It waits for a short time, and is refused. */
    ENFORCE
}
