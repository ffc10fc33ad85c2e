package dev.sallyport.token.keys.fetch;

import java.time.Duration;
import java.time.Instant;

/**
 * How many extra fetches unknown key ids may ask for: a few at once, then one an interval. One that brought a new key is
 * given back, so that only fruitless ones count: rotation, however fast, is never held up, and made-up key ids are. Immutable.
 *
 * @param left as of {@code at}, in parts of a fetch
 * @param at when {@code left} was true
 */
record UnknownKidThrottle(double left, Instant at) {
    static final int MOST = 3;

    /** Even fruitful ones are at least this far apart. */
    private static final Duration SPACING = Duration.ofMillis(100);

    static UnknownKidThrottle full() {
        return new UnknownKidThrottle(MOST, Instant.EPOCH);
    }

    /** When the next one is permitted; not after {@code now} if it is now. */
    Instant next(Instant now, Duration interval) {
        double missing = 1 - refilled(now, interval);
        Instant refilledAt = missing <= 0 ? now : now.plusMillis(Math.round(missing * interval.toMillis()));
        Instant spaced = at.plus(spacing(interval));
        return spaced.isAfter(refilledAt) ? spaced : refilledAt;
    }

    /** One fewer. */
    UnknownKidThrottle taken(Instant now, Duration interval) {
        return new UnknownKidThrottle(refilled(now, interval) - 1, now);
    }

    /** One more: it was worth it. */
    UnknownKidThrottle returned() {
        return new UnknownKidThrottle(Math.min(MOST, left + 1), at);
    }

    private double refilled(Instant now, Duration interval) {
        double more = (double) Duration.between(at, now).toMillis() / interval.toMillis();
        return Math.min(MOST, left + Math.max(0, more));
    }

    private static Duration spacing(Duration interval) {
        return interval.compareTo(SPACING) < 0 ? interval : SPACING;
    }
}
