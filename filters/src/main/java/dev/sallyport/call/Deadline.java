package dev.sallyport.call;

import java.time.Duration;

/**
 * By when a call is answered: so long after the head of its request came. Every wait of the call takes from it. A value;
 * nothing counts it down.
 *
 * @param start when the head came, by {@link System#nanoTime}
 * @param nanos how long the call has from then on
 * @param isShort whether its caller left so little that nothing can be concluded from its being over
 */
public record Deadline(long start, long nanos, boolean isShort) {
    /** Of a call that has as long as what it passes gives it. */
    public static final Deadline NONE = new Deadline(0, Long.MAX_VALUE);

    /** What a wait leaves of a deadline, at most, so that what it comes to is told in time. */
    private static final long MARGIN = Duration.ofMillis(50).toNanos();

    private static final int PART = 10;

    /** A fair time. */
    public Deadline(long start, long nanos) {
        this(start, nanos, false);
    }

    /** So long from now on. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime(), time.toNanos());
    }

    /** The same, known as too short to conclude anything from. */
    public Deadline asShort() {
        return new Deadline(start, nanos, true);
    }

    /** What is left, in nanoseconds; not above zero once it is over. */
    public long left(long now) {
        return nanos == Long.MAX_VALUE ? nanos : nanos - (now - start);
    }

    /** Whether it is over. */
    public boolean isOver(long now) {
        return left(now) <= 0;
    }

    /**
     * How long one wait on the call's way may take, in nanoseconds: not longer than it may at most, and a little less than what is
     * left. So the call is told that this wait was in vain, and not only that its time was over.
     */
    public long cut(long most, long now) {
        long left = Math.max(0, left(now));
        return Math.min(most, left - Math.min(left / PART, MARGIN));
    }

    /** Whether what ends now ended because its caller left so little time: that is over, or was when a wait was cut to it. */
    public boolean isCutShort(long now) {
        return isShort && left(now) <= Math.min(nanos / PART, MARGIN);
    }
}
