package dev.sallyport.config.limit;

import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * Permits that a gateway takes of the shared store ahead of the calls that need them.
 *
 * @param share of a limit's burst, which one gateway may hold at most; 0 % has every call ask the store; default 5 %
 * @param time what was not used for so long is given back; default 2 s
 */
public record LeaseSettings(Percent share, Duration time) {
    private static final String KEY = "sallyport.rate-limits.lease.";

    public LeaseSettings {
        share = Require.orElse(share, new Percent(5));
        time = Require.orElse(time, Duration.ofSeconds(2));
        Require.between(KEY + "time", time, Duration.ofMillis(100), Duration.ofMinutes(1));
    }

    /** All defaults. */
    public static LeaseSettings defaults() {
        return new LeaseSettings(new Percent(5), Duration.ofSeconds(2));
    }
}
