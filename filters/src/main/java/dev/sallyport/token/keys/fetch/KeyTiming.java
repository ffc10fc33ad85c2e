package dev.sallyport.token.keys.fetch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When keys are fetched, and how long they are used. Pure arithmetic; chance is passed in, from 0 to 1.
 *
 * @param refresh the longest time between two fetches
 * @param keep keys older than this are not used any more, even if there are no newer ones
 * @param timeout for one fetch
 * @param unknownKeyInterval the pace at which extra fetches, for unknown key ids, become permitted again
 * @param patience how long a call may wait for a fetch that is not permitted yet
 */
public record KeyTiming(
        Duration refresh, Duration keep, Duration timeout, Duration unknownKeyInterval, Duration patience) {
    /** However short-lived the provider says that its keys are, they are not fetched more often than this many times a refresh. */
    private static final int MOST_PER_REFRESH = 10;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Without any keys nothing gets through, so the next try comes sooner. */
    private static final Duration LONGEST_PAUSE_WITHOUT_KEYS = Duration.ofSeconds(5);

    private static final int MOST_DOUBLINGS = 10;

    /**
     * Time to the next fetch after a good one: ahead of the refresh and of what the provider says, by up to a tenth, so that
     * many gateways do not come at once.
     */
    Duration afterSuccess(@Nullable Duration maxAge, double chance) {
        return scaled(lifetime(maxAge), 1 - chance / 10);
    }

    /** How long a good set is as good as what the provider would say: what it says itself, within bounds. */
    Duration lifetime(@Nullable Duration maxAge) {
        Duration told = maxAge == null ? refresh : longer(maxAge, refresh.dividedBy(MOST_PER_REFRESH));
        return shorter(told, refresh);
    }

    /**
     * Time to the next try after so many failures in a row: doubled each time, then shortened by up to a half.
     *
     * @param usable whether there are keys that may still be used
     */
    Duration afterFailure(int failures, boolean usable, double chance) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration longest = usable ? shorter(LONGEST_PAUSE, refresh) : LONGEST_PAUSE_WITHOUT_KEYS;
        return scaled(shorter(pause, longest), 1 - chance / 2);
    }

    /** How long a key id is remembered as unknown: a tenth of the interval, so that a key published late is soon seen. */
    Duration unknownFor() {
        return unknownKeyInterval.dividedBy(10);
    }

    private static Duration scaled(Duration time, double factor) {
        return Duration.ofMillis(Math.max(1, (long) (time.toMillis() * factor)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
