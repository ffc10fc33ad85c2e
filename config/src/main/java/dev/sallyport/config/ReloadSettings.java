package dev.sallyport.config;

import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * Taking up changed settings and contracts without a restart.
 *
 * @param watch whether the files are looked at again and again; default true. Being told to reload works either way
 * @param interval default 5 s
 */
public record ReloadSettings(Boolean watch, Duration interval) {
    public ReloadSettings {
        watch = Require.orElse(watch, true);
        interval = Require.orElse(interval, Duration.ofSeconds(5));
        Require.between("sallyport.reload.interval", interval, Duration.ofMillis(100), Duration.ofHours(1));
    }

    /** All defaults. */
    @SuppressWarnings("NullAway") // null means: not given
    public static ReloadSettings defaults() {
        return new ReloadSettings(null, null);
    }
}
