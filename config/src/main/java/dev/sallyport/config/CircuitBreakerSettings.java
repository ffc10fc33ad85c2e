package dev.sallyport.config;

import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * When the provider is left alone for a while. There is one breaker for each group of operations.
 *
 * @param mode default enforce
 * @param window the latest attempts that count; default 20
 * @param failures the share of them that opens it: no answer in time, no connection, a 5xx; default 50 %
 * @param slow from when an answer is slow; default 2 s
 * @param slowShare the share of slow ones that opens it; default 80 %
 * @param pause how long it stays open before a few attempts are let through to try; default 5 s
 */
public record CircuitBreakerSettings(
        BreakerMode mode, Integer window, Percent failures, Duration slow, Percent slowShare, Duration pause) {
    private static final String KEY = "sallyport.circuit-breaker.";

    public CircuitBreakerSettings {
        mode = Require.orElse(mode, BreakerMode.ENFORCE);
        window = Require.orElse(window, 20);
        failures = Require.orElse(failures, new Percent(50));
        slow = Require.orElse(slow, Duration.ofSeconds(2));
        slowShare = Require.orElse(slowShare, new Percent(80));
        pause = Require.orElse(pause, Duration.ofSeconds(5));
        Require.between(KEY + "window", window, 2, 1000);
        Require.between(KEY + "failures", failures.value(), 1, 100);
        Require.between(KEY + "slow", slow, Duration.ofMillis(10), Duration.ofMinutes(2));
        Require.between(KEY + "slow-share", slowShare.value(), 1, 100);
        Require.between(KEY + "pause", pause, Duration.ofMillis(100), Duration.ofMinutes(10));
    }

    /** What a call with this deadline must have left at least, so that its being over says anything of the provider. */
    public Duration fairTime(Duration deadline) {
        Duration half = deadline.dividedBy(2);
        return slow.compareTo(half) < 0 ? slow : half;
    }

    /** All defaults. */
    @SuppressWarnings("NullAway") // not given, as the binder says it
    public static CircuitBreakerSettings defaults() {
        return new CircuitBreakerSettings(null, null, null, null, null, null);
    }
}
