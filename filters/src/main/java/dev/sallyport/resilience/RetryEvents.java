package dev.sallyport.resilience;

/** Hears of attempts and retries; metrics. Must not block. */
public interface RetryEvents {
    /** An attempt at a call ended. */
    void attempted(String operation, AttemptResult result);

    /** A call is made once more, because of what the attempt before came to. */
    void retried(String operation, AttemptResult why);

    /** A retry was due, and too many were made lately. */
    void outOfBudget(String operation);

    /** A retry was due, and the call has no time left for it. */
    void outOfTime(String operation);

    /** A repeated call found done what it asks for: an earlier attempt had done it. */
    void doneBefore(String operation);
}
