package dev.sallyport.resilience;

/** Hears of attempts and retries; metrics. Must not block. */
public interface RetryEvents {
    /** An operation is tried once more, because the provider could not be reached. */
    void retried(String operation);

    /** A retry was due, and the budget was used up. */
    void outOfBudget(String operation);
}
