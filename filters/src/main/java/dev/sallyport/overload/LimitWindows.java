package dev.sallyport.overload;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Measures calls in windows of time, each of which sets the limit of the next. A window lasts for a second, and until enough
 * calls have ended to say something; it is closed by a call that ends. Thread-safe.
 */
public final class LimitWindows {
    private static final long SHORTEST = 1_000_000_000L;
    private static final long LONGEST = 30 * SHORTEST;
    private static final int ENOUGH = 50;

    private final LimitRule rule;
    private final LongSupplier clock;
    private final LongAdder calls = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final DoubleAdder answeredTime = new DoubleAdder();
    private final DoubleAdder squares = new DoubleAdder();
    private final LongAdder lostTime = new LongAdder();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean limited;
    private volatile long look;
    private volatile double limit;
    private volatile double latency;
    private long begun;

    /**
     * The first window.
     *
     * @param first the first limit
     * @param clock in nanoseconds
     */
    public LimitWindows(LimitRule rule, int first, LongSupplier clock) {
        this.rule = rule;
        this.clock = clock;
        this.limit = first;
        this.begun = clock.getAsLong();
        this.look = begun + SHORTEST;
    }

    int limit() {
        return (int) limit;
    }

    /** Of the latest window in which calls were answered, in nanoseconds; 0 if there was none. */
    double latency() {
        return latency;
    }

    /** A call found no free permit. */
    void limited() {
        if (!limited) {
            limited = true;
        }
    }

    /** A call was answered after so long; whether the limit may have changed. */
    boolean answered(long nanos) {
        calls.increment();
        double time = (double) nanos;
        answeredTime.add(time);
        squares.add(time * time);
        return ended();
    }

    /** A call ended after so long without an answer; whether the limit may have changed. */
    boolean lost(long nanos) {
        lost.increment();
        lostTime.add(nanos);
        return ended();
    }

    private boolean ended() {
        long now = clock.getAsLong();
        if (now - look < 0 || !closing.compareAndSet(false, true)) {
            return false;
        }
        try {
            return close(now);
        } finally {
            closing.set(false);
        }
    }

    private boolean close(long now) {
        if (now - look < 0) {
            return false;
        }
        long lasted = now - begun;
        if (calls.sum() + lost.sum() < ENOUGH && lasted < LONGEST) {
            look = now + SHORTEST / 10;
            return false;
        }
        double answering = answeredTime.sumThenReset();
        double inFlight = (answering + lostTime.sumThenReset()) / lasted;
        var answered = Window.Answered.of(calls.sumThenReset(), answering, squares.sumThenReset());
        var window = new Window(answered, lost.sumThenReset(), inFlight, limited);
        limited = false;
        limit = rule.next(limit, window);
        latency = window.calls() == 0 ? latency : window.latency();
        begun = now;
        look = now + SHORTEST;
        return true;
    }
}
