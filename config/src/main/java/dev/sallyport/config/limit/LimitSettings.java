package dev.sallyport.config.limit;

import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * One limit.
 *
 * @param name shown to the caller that it refuses, and in metrics
 * @param key what is counted by; default {@code project}
 * @param permits so many calls
 * @param per in so much time
 * @param burst as many may come at once; default {@code permits}
 */
public record LimitSettings(String name, LimitKey key, Long permits, Duration per, Long burst) {
    private static final String KEY = "sallyport.rate-limits.limits[].";

    public LimitSettings {
        name = Require.present(KEY + "name", name, "a name");
        key = Require.orElse(key, LimitKey.PROJECT);
        permits = Require.present(KEY + "permits", permits, "a number of calls");
        per = Require.orElse(per, Duration.ofSeconds(1));
        burst = Require.orElse(burst, permits);
        Require.between(KEY + "permits", permits, 1, 1_000_000);
        Require.between(KEY + "per", per, Duration.ofMillis(1), Duration.ofHours(24));
        Require.between(KEY + "burst", burst, 1, 10_000_000);
    }
}
