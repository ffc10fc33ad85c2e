package dev.sallyport.token.keys.fetch;

import dev.sallyport.token.keys.KeySet;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one issuer's keys at a moment. Immutable: each fetch makes the next state of the last.
 *
 * @param held the last good set; null before the first
 * @param due when to fetch next; in the past if that is when a call asks
 * @param failures fetches that brought nothing since the last good one
 * @param lastFault why the last of them brought nothing; null if none ever failed
 */
public record KeyState(
        @Nullable Held held,
        Instant due,
        int failures,
        @Nullable LastFault lastFault) {
    /**
     * A good set.
     *
     * @param since when it was fetched
     * @param fromFile whether it was fetched by an earlier process
     */
    public record Held(KeySet keys, Instant since, boolean fromFile) {}

    /** A fetch that brought nothing. */
    public record LastFault(FetchFault fault, Instant at) {}

    static KeyState unfetched() {
        return new KeyState(null, Instant.EPOCH, 0, null);
    }

    /** Keys that an earlier process fetched: used, and fetched anew as soon as possible. */
    KeyState restored(KeySet saved, Instant fetched) {
        return new KeyState(new Held(saved, fetched, true), Instant.EPOCH, failures, lastFault);
    }

    KeyState refreshed(KeySet fresh, Instant now, Duration untilNext) {
        return new KeyState(new Held(fresh, now, false), now.plus(untilNext), 0, lastFault);
    }

    /** The last good set stays. */
    KeyState failed(FetchFault why, Instant now, Duration untilNext) {
        return new KeyState(held, now.plus(untilNext), failures + 1, new LastFault(why, now));
    }

    /** The keys, unless they are too old to be trusted. */
    @Nullable
    KeySet usable(Instant now, Duration keep) {
        return held == null || held.since().plus(keep).isBefore(now) ? null : held.keys();
    }
}
