package dev.sallyport.resilience;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Keeps retries to a share of the calls, so that a provider in trouble is not asked ever more often: within any ten seconds, a
 * share of the calls of that time, and a few for every second, so that a quiet gateway may retry at all. A retry is charged before
 * its wait, so those that wait are counted, however many they are. One for all operations of a provider: trouble with one of
 * them is trouble with it.
 *
 * <p>Thread-safe. A call costs one change of a number; retries, which are few, take turns. A second has a slot, which holds its number
 * and its calls and retries in one word, so that no count is lost or kept too long when the slot is taken for another second.
 */
public final class RetryBudget {
    /** The seconds that count, of which the last is under way. */
    static final int WINDOW = 10;

    private static final int RETRY_BITS = 18;
    private static final int CALL_BITS = 22;
    private static final long ONE_RETRY = 1;
    private static final long ONE_CALL = 1L << RETRY_BITS;
    private static final long RETRIES = ONE_CALL - 1;
    private static final long CALLS = (1L << CALL_BITS) - 1;
    private static final int SECOND_SHIFT = RETRY_BITS + CALL_BITS;
    private static final long SECONDS = (1L << (Long.SIZE - SECOND_SHIFT)) - 1;
    private static final long NANOS = 1_000_000_000;

    private final int percent;
    private final long always;
    private final LongSupplier nanoTime;
    private final long start;
    private final AtomicLongArray slots = new AtomicLongArray(WINDOW);

    /**
     * A budget of which nothing was used.
     *
     * @param percent retries per hundred calls
     * @param perSecond retries a second that are there whatever calls are made
     * @param nanoTime as {@link System#nanoTime}
     */
    public RetryBudget(int percent, int perSecond, LongSupplier nanoTime) {
        this.percent = percent;
        this.always = (long) perSecond * WINDOW;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong() - WINDOW * NANOS; // no second has the number of an empty slot
    }

    /** A call was made. */
    void payIn() {
        add(second(), ONE_CALL);
    }

    /** Whether there is enough for a retry; takes it out. */
    synchronized boolean takeOut() {
        long now = second();
        long calls = 0;
        long retries = 0;
        for (int slot = 0; slot < WINDOW; slot++) {
            long word = slots.get(slot);
            long age = (now - (word >>> SECOND_SHIFT)) & SECONDS;
            if (age < WINDOW) {
                calls += (word >>> RETRY_BITS) & CALLS;
                retries += word & RETRIES;
            }
        }
        boolean isEnough = (retries + 1) * 100 <= calls * percent + always * 100;
        if (isEnough) {
            add(now, ONE_RETRY);
        }
        return isEnough;
    }

    private long second() {
        return (nanoTime.getAsLong() - start) / NANOS;
    }

    /** What was late, since its thread was held up, counts for the second that has the slot by now. */
    private void add(long second, long one) {
        int slot = (int) (second % WINDOW);
        long number = second & SECONDS;
        while (true) {
            long word = slots.get(slot);
            boolean isTaken = (((word >>> SECOND_SHIFT) - number) & SECONDS) <= WINDOW;
            long next = isTaken ? word + one : (number << SECOND_SHIFT) + one;
            if (slots.compareAndSet(slot, word, next)) {
                return;
            }
        }
    }
}
