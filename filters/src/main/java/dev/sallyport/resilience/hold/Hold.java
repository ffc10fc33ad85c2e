package dev.sallyport.resilience.hold;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long calls are held back that the provider limits. It says when to come again, or it does not: then the first 429 holds
 * nothing back, since it may be about one user alone; from the second in a row on there is a pause, doubled up to three times.
 *
 * @param inARow 429s with no other answer in between; those that come while calls are held back are answers to earlier calls,
 *     and do not count
 * @param until by {@link System#nanoTime}
 */
record Hold(int inARow, long until) {
    /** Longer than this nothing is held back, whatever the provider says. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 3;

    /** None so far. */
    static Hold none(long now) {
        return new Hold(0, now);
    }

    /** Whether calls are held back. */
    boolean isOn(long now) {
        return left(now) > 0;
    }

    /** How much longer, in nanoseconds. */
    long left(long now) {
        return Math.max(0, until - now);
    }

    /**
     * After another 429.
     *
     * @param retryAfter when to come again, if it said so
     */
    Hold after(@Nullable Duration retryAfter, long now) {
        int row = isOn(now) ? inARow : inARow + 1;
        long pause = retryAfter == null ? unasked(row, now) : asked(retryAfter);
        return new Hold(row, now + Math.max(pause, left(now)));
    }

    private static long asked(Duration retryAfter) {
        return retryAfter.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : retryAfter.toNanos();
    }

    private long unasked(int row, long now) {
        boolean holds = row > 1 && !isOn(now);
        return holds ? FIRST_PAUSE.toNanos() << Math.min(row - 2, MOST_DOUBLINGS) : 0;
    }
}
