package dev.sallyport.config.contract;

import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * What a provider sends beside its contract, and what it does not send any more.
 *
 * @param enabled whether replies are watched for it; default true
 * @param unseenAfter a field that was there once and then not for this long is listed; default 24 h
 * @param mostNames how many names of unknown fields are kept for an operation; further ones are counted together;
 *     default 100
 */
public record DriftSettings(Boolean enabled, Duration unseenAfter, Integer mostNames) {
    private static final String KEY = "sallyport.contracts.drift.";

    public DriftSettings {
        enabled = Require.orElse(enabled, true);
        unseenAfter = Require.orElse(unseenAfter, Duration.ofHours(24));
        mostNames = Require.orElse(mostNames, 100);
        Require.between(KEY + "unseen-after", unseenAfter, Duration.ofSeconds(1), Duration.ofDays(30));
        Require.between(KEY + "most-names", mostNames, 0, 10_000);
    }

    /** All defaults. */
    @SuppressWarnings("NullAway") // null means: not given
    public static DriftSettings defaults() {
        return new DriftSettings(null, null, null);
    }
}
