package dev.sallyport.overload;

import dev.sallyport.config.concurrency.Priority;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Permits for calls in flight, as many as its limit says at the time, and a short queue for those that find none. A permit that
 * comes free goes to the call of the highest priority that waits, to the one that came first among those. A call that comes
 * while others wait gets in line; the more of its own or a higher priority there are in it, the more are refused. Without a line, taking
 * and giving back a permit needs no lock. Thread-safe.
 */
public final class ConcurrencyLimiter {
    /** The part of what calls take that others than those of high priority wait at most, on average. */
    private static final double PATIENCE = 0.1;

    private final LimitWindows windows;
    private final long longestWait;
    private final DoubleSupplier random;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final WaitingCalls waiting = new WaitingCalls();

    /**
     * Nothing is in flight.
     *
     * @param windows measure calls, and say how many there may be
     * @param longestWait how long a call may wait, in nanoseconds
     * @param random from 0 to 1, exclusive
     */
    public ConcurrencyLimiter(LimitWindows windows, long longestWait, DoubleSupplier random) {
        this.windows = windows;
        this.longestWait = longestWait;
        this.random = random;
    }

    /** A limit that adapts itself. */
    public static ConcurrencyLimiter adaptive(
            int least, int most, Duration longestWait, LongSupplier clock, DoubleSupplier random) {
        var rule = new AdaptiveLimit(least, most);
        return new ConcurrencyLimiter(new LimitWindows(rule, rule.first(), clock), longestWait.toNanos(), random);
    }

    /** How long a call may wait, in nanoseconds. */
    long longestWait() {
        return longestWait;
    }

    /** Takes a permit if one is free and no call waits for one. */
    public boolean tryAcquire() {
        if (waiting.number() == 0 && take()) {
            return true;
        }
        windows.limited();
        return false;
    }

    private boolean take() {
        int most = windows.limit();
        int now = inFlight.get();
        while (now < most) {
            if (inFlight.compareAndSet(now, now + 1)) {
                return true;
            }
            now = inFlight.get();
        }
        return false;
    }

    /** Gets in line, unless that is too long for the priority. The permit may come before this returns. */
    public boolean enqueue(Waiter waiter, Priority priority) {
        double pressure = waiting.before(priority) / room(priority);
        if (GradualShedding.sheds(pressure, priority, random.getAsDouble())) {
            return false;
        }
        waiting.add(waiter, priority);
        handOut();
        return true;
    }

    /**
     * As many as will be given a permit before they have waited for too long. That is a part of what calls take, so that those
     * that are answered take hardly longer than without a line; a call of high priority rather waits than is refused.
     */
    private double room(Priority priority) {
        double latency = windows.latency();
        if (latency == 0) {
            return Math.max(1, windows.limit());
        }
        double longest = (double) longestWait;
        double wait = priority == Priority.HIGH ? longest : Math.min(longest, latency * PATIENCE);
        return Math.max(1, windows.limit() * wait / latency);
    }

    /** Gets out of line; false if the call was given a permit, which it has to give back, or is not in line. */
    public boolean leave(Waiter waiter) {
        return waiting.leave(waiter);
    }

    /** Gives a permit back. */
    public void release() {
        inFlight.getAndDecrement();
        handOut();
    }

    /**
     * Free permits go to calls that wait. A call that gets in line and a permit that comes free cannot miss each other: each is
     * counted before the other is looked for.
     */
    private void handOut() {
        while (waiting.number() > 0 && take()) {
            @Nullable Waiter next = waiting.next();
            if (next == null) {
                inFlight.getAndDecrement();
            } else {
                next.granted();
            }
        }
    }

    /** Measures a call that was answered. */
    public void answered(long nanos) {
        if (windows.answered(nanos)) {
            handOut();
        }
    }

    /** Measures a call that went out and came to nothing. */
    public void lost(long nanos) {
        if (windows.lost(nanos)) {
            handOut();
        }
    }

    public int inFlight() {
        return inFlight.get();
    }

    public int queued() {
        return waiting.number();
    }

    /** The 90th percentile of the latest window, in nanoseconds; 0 if there was none. */
    double latency() {
        return windows.latency();
    }

    public int limit() {
        return windows.limit();
    }
}
