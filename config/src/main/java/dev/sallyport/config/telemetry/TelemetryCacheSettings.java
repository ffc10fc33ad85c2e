package dev.sallyport.config.telemetry;

import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * Verdicts that are used again. Lookups of the same device at the same time are one lookup in any case.
 *
 * @param ttl for how long, for the same telemetry id and the same credentials; 0s: not at all; default 10 s
 * @param entries kept at most; default 10000
 */
public record TelemetryCacheSettings(Duration ttl, Integer entries) {
    private static final String KEY = "sallyport.telemetry.cache.";

    public TelemetryCacheSettings {
        ttl = Require.orElse(ttl, Duration.ofSeconds(10));
        entries = Require.orElse(entries, 10_000);
        Require.between(KEY + "ttl", ttl, Duration.ZERO, Duration.ofMinutes(5));
        Require.between(KEY + "entries", entries, 1, 1_000_000);
    }

    /** All defaults. */
    public static TelemetryCacheSettings defaults() {
        return new TelemetryCacheSettings(Duration.ofSeconds(10), 10_000);
    }
}
