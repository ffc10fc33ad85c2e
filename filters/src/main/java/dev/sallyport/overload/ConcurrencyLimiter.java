package dev.sallyport.overload;

import dev.sallyport.config.concurrency.Priority;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Permits for calls in flight, as many as its limit says at the time, and a short queue for those of high priority that find none. A permit
 * that comes free goes to the one that came first. Others do not wait, which would be time that those that are answered take longer: they
 * are let through where there is a permit and no call waits, and those of low priority only where more than a few are left. Without a
 * line, taking and giving back a permit needs no lock. Thread-safe.
 */
public final class ConcurrencyLimiter {
    /** The part of the limit that is kept from calls of low priority. */
    private static final double KEPT = 0.1;

    private final LimitWindows windows;
    private final long longestWait;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final WaitingCalls waiting = new WaitingCalls();

    /**
     * Nothing is in flight.
     *
     * @param windows measure calls, and say how many there may be
     * @param longestWait how long a call may wait, in nanoseconds
     */
    public ConcurrencyLimiter(LimitWindows windows, long longestWait) {
        this.windows = windows;
        this.longestWait = longestWait;
    }

    /** A limit that adapts itself. */
    public static ConcurrencyLimiter adaptive(int least, int most, Duration longestWait, LongSupplier clock) {
        var rule = new AdaptiveLimit(least, most);
        return new ConcurrencyLimiter(new LimitWindows(rule, rule.first(), clock), longestWait.toNanos());
    }

    /** How long a call may wait, in nanoseconds. */
    long longestWait() {
        return longestWait;
    }

    /** Takes a permit if there is one for the priority and no call waits. */
    public boolean tryAcquire(Priority priority) {
        int limit = windows.limit();
        int open = priority == Priority.LOW ? Math.max(1, limit - (int) Math.ceil(limit * KEPT)) : limit;
        if (waiting.number() == 0 && take(open)) {
            return true;
        }
        windows.limited();
        return false;
    }

    private boolean take(int most) {
        int now = inFlight.get();
        while (now < most) {
            if (inFlight.compareAndSet(now, now + 1)) {
                return true;
            }
            now = inFlight.get();
        }
        return false;
    }

    /**
     * Gets in line if the call is of high priority, and as many wait as will be given a permit before they have waited for too long.
     * The permit may come before this returns.
     */
    public boolean enqueue(Waiter waiter, Priority priority) {
        if (priority != Priority.HIGH || waiting.number() >= room()) {
            return false;
        }
        waiting.add(waiter);
        handOut();
        return true;
    }

    private double room() {
        double latency = windows.latency();
        int limit = windows.limit();
        return latency == 0 ? limit : Math.max(1, limit * longestWait / latency);
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
        while (waiting.number() > 0 && take(windows.limit())) {
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

    /** How long calls took on average in the latest window, in nanoseconds; 0 if there was none. */
    double latency() {
        return windows.latency();
    }

    public int limit() {
        return windows.limit();
    }
}
