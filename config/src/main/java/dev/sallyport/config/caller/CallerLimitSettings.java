package dev.sallyport.config.caller;

import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * A limit of one caller alone.
 *
 * @param name shown to the caller behind its own name, and in metrics
 * @param permits so many calls
 * @param per in so much time; default 1 s
 * @param burst as many may come at once; default {@code permits}
 */
public record CallerLimitSettings(String name, Long permits, Duration per, Long burst) {
    private static final String KEY = "sallyport.callers.list[].limits[].";

    public CallerLimitSettings {
        name = Require.present(KEY + "name", name, "a name");
        permits = Require.present(KEY + "permits", permits, "a number of calls");
        per = Require.orElse(per, Duration.ofSeconds(1));
        burst = Require.orElse(burst, permits);
        Require.between(KEY + "permits", permits, 1, 1_000_000);
        Require.between(KEY + "per", per, Duration.ofMillis(1), Duration.ofHours(24));
        Require.between(KEY + "burst", burst, 1, 10_000_000);
    }
}
