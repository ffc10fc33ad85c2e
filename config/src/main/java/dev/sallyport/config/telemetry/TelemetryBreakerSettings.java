package dev.sallyport.config.telemetry;

import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * When the provider's fingerprinting is left alone for a while.
 *
 * @param window the latest lookups that count; default 20
 * @param failures the share of them that opens the breaker: no answer in time, no connection, an error of the provider's, a
 *     broken answer; default 50%
 * @param pause how long it stays open before a few lookups are let through to try; default 5 s
 */
public record TelemetryBreakerSettings(Integer window, Percent failures, Duration pause) {
    private static final String KEY = "sallyport.telemetry.breaker.";

    public TelemetryBreakerSettings {
        window = Require.orElse(window, 20);
        failures = Require.orElse(failures, new Percent(50));
        pause = Require.orElse(pause, Duration.ofSeconds(5));
        Require.between(KEY + "window", window, 2, 1000);
        Require.between(KEY + "failures", failures.value(), 1, 100);
        Require.between(KEY + "pause", pause, Duration.ofMillis(100), Duration.ofMinutes(10));
    }

    /** All defaults. */
    public static TelemetryBreakerSettings defaults() {
        return new TelemetryBreakerSettings(20, new Percent(50), Duration.ofSeconds(5));
    }
}
