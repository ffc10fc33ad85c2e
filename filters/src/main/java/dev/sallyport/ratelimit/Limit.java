package dev.sallyport.ratelimit;

import java.time.Duration;
import java.util.Locale;

/**
 * One limit: so many calls per so much time, for each key.
 *
 * @param name from the settings; also a metric label
 * @param key what is counted
 * @param permits how many calls flow in per {@code per}
 * @param burst how many may be saved up
 */
public record Limit(String name, Key key, long permits, Duration per, long burst) {
    /** What a limit counts by. */
    public enum Key {
        PROJECT,
        ADDRESS
    }

    @Override
    public String toString() {
        return name + " " + permits + " per " + per.toMillis() + " ms by "
                + key.name().toLowerCase(Locale.ROOT);
    }
}
