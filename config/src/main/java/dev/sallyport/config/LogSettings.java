package dev.sallyport.config;

import dev.sallyport.config.value.Require;

/**
 * What is written of calls beside refusals and what goes wrong.
 *
 * @param access whether each call of a known operation has a line, with where its time went; default no
 */
public record LogSettings(Boolean access) {
    public LogSettings {
        access = Require.orElse(access, false);
    }

    /** All defaults. */
    public static LogSettings defaults() {
        return new LogSettings(false);
    }
}
