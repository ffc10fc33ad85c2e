package dev.sallyport.config;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.time.Duration;
import java.util.Optional;

/**
 * How the gateway stops.
 *
 * @param delay how long it still takes calls as before, while readiness is down; default 5 s
 * @param grace how long, from then on, calls in flight may take; default ten seconds more than the longest deadline
 */
public record DrainSettings(Duration delay, Optional<Duration> grace) {
    private static final String KEY = "sallyport.drain.";

    /** For a caller to read an answer that came at the deadline. */
    private static final Duration BEYOND_DEADLINE = Duration.ofSeconds(10);

    public DrainSettings {
        delay = Require.orElse(delay, Duration.ofSeconds(5));
        grace = Require.orElse(grace, Optional.empty());
        Require.between(KEY + "delay", delay, Duration.ZERO, Duration.ofMinutes(10));
        grace.ifPresent(given -> Require.between(KEY + "grace", given, Duration.ofMillis(100), Duration.ofMinutes(10)));
    }

    /** All defaults. */
    public static DrainSettings defaults() {
        return new DrainSettings(Duration.ofSeconds(5), Optional.empty());
    }

    /** The grace that holds, which no call outlasts. */
    public Duration graceBeyond(Duration longestDeadline) {
        Duration held = grace.orElse(longestDeadline.plus(BEYOND_DEADLINE));
        if (held.compareTo(longestDeadline) <= 0) {
            throw new InvalidSetting(
                    KEY + "grace",
                    "more than the longest deadline, which is " + Require.shown(longestDeadline),
                    Require.shown(held));
        }
        return held;
    }
}
