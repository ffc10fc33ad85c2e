package dev.sallyport.token.keys.fetch;

import dev.sallyport.token.keys.KeySet;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one issuer's keys at a moment. Immutable: each fetch makes the next state of the last.
 *
 * @param keys the last good set; null before the first
 * @param since when they were fetched
 * @param fromFile whether they were fetched by an earlier process
 * @param due when to fetch next
 * @param failures fetches that brought nothing since the last good one
 * @param fault why the last of them brought nothing; null if none ever failed
 * @param faultAt when that was
 */
record KeyState(
        @Nullable KeySet keys,
        Instant since,
        boolean fromFile,
        Instant due,
        int failures,
        @Nullable FetchFault fault,
        Instant faultAt) {
    static KeyState unfetched() {
        return new KeyState(null, Instant.EPOCH, false, Instant.EPOCH, 0, null, Instant.EPOCH);
    }

    /** Keys that an earlier process fetched: used, and fetched anew as soon as possible. */
    KeyState restored(KeySet saved, Instant fetched) {
        return new KeyState(saved, fetched, true, Instant.EPOCH, failures, fault, faultAt);
    }

    KeyState refreshed(KeySet fresh, Instant now, Duration untilNext) {
        return new KeyState(fresh, now, false, now.plus(untilNext), 0, fault, faultAt);
    }

    /** The last good set stays. */
    KeyState failed(FetchFault why, Instant now, Duration untilNext) {
        return new KeyState(keys, since, fromFile, now.plus(untilNext), failures + 1, why, now);
    }

    /** The keys, unless they are too old to be trusted. */
    @Nullable
    KeySet usable(Instant now, Duration keep) {
        return keys == null || since.plus(keep).isBefore(now) ? null : keys;
    }
}
