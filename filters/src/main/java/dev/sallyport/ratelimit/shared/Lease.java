package dev.sallyport.ratelimit.shared;

import java.util.concurrent.atomic.AtomicLong;

/** The permits of one bucket that one gateway holds for its calls, never more than it may. Thread-safe; no thread ever waits. */
final class Lease {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    /**
     * Nothing held.
     *
     * @param most that may be held
     */
    Lease(long most) {
        this.most = most;
    }

    /** Takes a permit if one is held. */
    boolean take() {
        long before = held.get();
        while (before > 0) {
            if (held.compareAndSet(before, before - 1)) {
                return true;
            }
            before = held.get();
        }
        return false;
    }

    /** Puts permits in as far as there is room; returns how many found none. */
    long add(long permits) {
        long before = held.getAndUpdate(now -> Math.min(most, now + permits));
        return Math.max(0, before + permits - most);
    }

    /** All that is held, and no longer is. */
    long clear() {
        return held.getAndSet(0);
    }

    long held() {
        return held.get();
    }

    /** How many more may be held. */
    long room() {
        return most - held.get();
    }

    @Override
    public String toString() {
        return held + " held";
    }
}
