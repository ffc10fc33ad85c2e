package dev.sallyport.resilience;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps retries to a share of the calls, so that a provider in trouble is not asked ever more often. Every call pays in its
 * share, every retry takes out a whole; a small reserve lets a quiet gateway retry at all. One for all operations of a
 * provider: trouble with one of them is trouble with it. Thread-safe.
 */
public final class RetryBudget {
    private static final long WHOLE = 1000;
    private static final long RESERVE = 10 * WHOLE;

    private final long share;
    private final AtomicLong balance = new AtomicLong(RESERVE);

    /**
     * A full budget.
     *
     * @param percent retries per hundred calls
     */
    public RetryBudget(int percent) {
        this.share = WHOLE * percent / 100;
    }

    /** A call was made. */
    void payIn() {
        if (balance.get() < RESERVE) {
            balance.addAndGet(share);
        }
    }

    /** Whether there is enough for a retry; takes it out. */
    boolean takeOut() {
        long before = balance.getAndUpdate(left -> left >= WHOLE ? left - WHOLE : left);
        return before >= WHOLE;
    }
}
