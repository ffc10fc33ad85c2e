package dev.sallyport.ratelimit;

import dev.sallyport.config.caller.CallerLimitSettings;
import dev.sallyport.config.caller.CallerSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.limit.LimitSettings;
import java.time.Duration;

/**
 * One limit: so many calls per so much time, for each key.
 *
 * @param name from the settings; also a metric label
 * @param key what is counted by
 * @param permits how many flow in per {@code per}
 * @param burst how many may be saved up
 */
public record Limit(String name, LimitKey key, long permits, Duration per, long burst) {
    /** The limit of the settings. */
    public static Limit of(LimitSettings settings) {
        return new Limit(settings.name(), settings.key(), settings.permits(), settings.per(), settings.burst());
    }

    /** One of a caller alone. */
    static Limit of(CallerSettings caller, CallerLimitSettings own) {
        return new Limit(caller.nameOf(own), LimitKey.CALLER, own.permits(), own.per(), own.burst());
    }

    /** How long so many permits take to flow in, in nanoseconds, rounded up. */
    public long nanosFor(long count) {
        return count <= 0 ? 0 : (long) Math.ceil((double) count * per.toNanos() / permits);
    }

    @Override
    public String toString() {
        return name + " " + permits + " per " + per.toMillis() + " ms by " + key;
    }
}
