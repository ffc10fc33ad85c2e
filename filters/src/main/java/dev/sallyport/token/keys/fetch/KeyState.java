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
     * @param lifetime how long it is fresh from then on
     * @param fromFile whether it was fetched by an earlier process
     */
    public record Held(KeySet keys, Instant since, Duration lifetime, boolean fromFile) {}

    /** A fetch that brought nothing. */
    public record LastFault(FetchFault fault, Instant at) {}

    static KeyState unfetched() {
        return new KeyState(null, Instant.EPOCH, 0, null);
    }

    /** Keys that an earlier process fetched: used, and fetched anew as soon as possible. */
    KeyState restored(KeySet saved, Instant fetched) {
        return new KeyState(new Held(saved, fetched, Duration.ZERO, true), Instant.EPOCH, failures, lastFault);
    }

    KeyState refreshed(KeySet fresh, Instant now, Duration lifetime, Duration untilNext) {
        return new KeyState(new Held(fresh, now, lifetime, false), now.plus(untilNext), 0, lastFault);
    }

    /** The last good set stays. */
    KeyState failed(FetchFault why, Instant now, Duration untilNext) {
        return new KeyState(held, now.plus(untilNext), failures + 1, new LastFault(why, now));
    }

    /** The keys, unless they are too old to be trusted. */
    @Nullable
    KeySet usable(Instant now, Duration keep) {
        @Nullable Held young = young(now, keep);
        return young == null ? null : young.keys();
    }

    /** The last good set, unless it is too old to be trusted. */
    @Nullable
    Held young(Instant now, Duration keep) {
        return held == null || held.since().plus(keep).isBefore(now) ? null : held;
    }
}
