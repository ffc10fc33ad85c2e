package dev.sallyport.config;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Limits on how often the gateway may be called.
 *
 * @param store where calls are counted; default local
 * @param limits all of them hold; default none
 * @param maxBuckets how many counters are kept in all; default 10,000
 */
public record RateLimitSettings(RateLimitStore store, List<LimitSettings> limits, Long maxBuckets) {
    public RateLimitSettings {
        store = Require.orElse(store, RateLimitStore.LOCAL);
        limits = Require.copy(limits);
        maxBuckets = Require.orElse(maxBuckets, 10_000L);
        Require.between("sallyport.rate-limits.max-buckets", maxBuckets, 1, 10_000_000);
        Set<String> names = new HashSet<>();
        limits.forEach(limit -> {
            if (!names.add(limit.name())) {
                throw new InvalidSetting(
                        "sallyport.rate-limits.limits", "a list without duplicate names", limit.name() + " twice");
            }
        });
    }

    /** All defaults. */
    public static RateLimitSettings defaults() {
        return new RateLimitSettings(RateLimitStore.LOCAL, List.of(), 10_000L);
    }

    /**
     * One limit.
     *
     * @param name shown to the caller that it refuses, and in metrics
     * @param key what is counted: {@code project} or {@code address}
     * @param permits so many calls
     * @param per in so much time
     * @param burst as many may come at once; default {@code permits}
     */
    public record LimitSettings(String name, Key key, Long permits, Duration per, Long burst) {
        private static final String KEY = "sallyport.rate-limits.limits[].";

        /** What a limit counts by. */
        public enum Key {
            PROJECT,
            ADDRESS
        }

        public LimitSettings {
            name = Require.present(KEY + "name", name, "a name");
            key = Require.orElse(key, Key.PROJECT);
            permits = Require.present(KEY + "permits", permits, "a number of calls");
            per = Require.orElse(per, Duration.ofSeconds(1));
            burst = Require.orElse(burst, permits);
            Require.between(KEY + "permits", permits, 1, 1_000_000);
            Require.between(KEY + "per", per, Duration.ofMillis(1), Duration.ofHours(24));
            Require.between(KEY + "burst", burst, 1, 10_000_000);
        }
    }
}
