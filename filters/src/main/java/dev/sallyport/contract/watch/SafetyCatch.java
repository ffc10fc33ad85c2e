package dev.sallyport.contract.watch;

import dev.sallyport.config.contract.SafetyCatchSettings;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Decides whether a reply schema may refuse: not for a while after many replies suddenly broke it, because then it is the
 * provider that has changed. One per operation; counts in windows that follow each other. Thread-safe, never blocks.
 */
public final class SafetyCatch {
    private final SafetyCatchSettings settings;
    private final LongSupplier nanoTime;
    private final Listener listener;
    private volatile State state;

    /** Hears when the schema lets go and when it refuses again. */
    @FunctionalInterface
    public interface Listener {
        /**
         * The catch changed sides.
         *
         * @param released whether the schema is only reported from now on
         */
        void changed(boolean released);
    }

    /** One window of counting, or the time of letting go. */
    private static final class State {
        private final long since;
        private final boolean released;
        private final AtomicInteger seen = new AtomicInteger();
        private final AtomicInteger broken = new AtomicInteger();

        State(long since, boolean released) {
            this.since = since;
            this.released = released;
        }
    }

    /**
     * A catch that has not seen anything.
     *
     * @param nanoTime a clock that only goes forward
     */
    public SafetyCatch(SafetyCatchSettings settings, LongSupplier nanoTime, Listener listener) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.state = new State(nanoTime.getAsLong(), false);
    }

    /** Counts one reply; returns whether the schema may refuse. */
    public boolean holds(boolean broken) {
        State now = current();
        if (now.released) {
            return false;
        }
        int seen = now.seen.incrementAndGet();
        return !broken || !isTooMuch(now.broken.incrementAndGet(), seen) || !released(now);
    }

    /** Whether the schema is only reported now. */
    public boolean isReleased() {
        return current().released;
    }

    /** How long the schema stays reported, in seconds; 0 if it refuses. */
    public long secondsLeft() {
        State now = current();
        long left = settings.hold().toNanos() - (nanoTime.getAsLong() - now.since);
        return now.released ? Math.max(0, TimeUnit.NANOSECONDS.toSeconds(left)) : 0;
    }

    private boolean isTooMuch(int broken, int seen) {
        return seen >= settings.minimum()
                && 100L * broken >= (long) settings.share().value() * seen;
    }

    private boolean released(State now) {
        if (becomes(now, new State(nanoTime.getAsLong(), true))) {
            listener.changed(true);
        }
        return state.released;
    }

    /** The state of this moment: a window that is over is followed by an empty one. */
    private State current() {
        State now = state;
        long lasts = (now.released ? settings.hold() : settings.window()).toNanos();
        long time = nanoTime.getAsLong();
        if (time - now.since < lasts) {
            return now;
        }
        if (becomes(now, new State(time, false)) && now.released) {
            listener.changed(false);
        }
        return state;
    }

    /** Rare: at the end of a window. */
    private synchronized boolean becomes(State expected, State next) {
        if (state != expected) {
            return false;
        }
        state = next;
        return true;
    }
}
