package dev.sallyport.config;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import dev.sallyport.config.value.Secret;
import java.util.Optional;

/**
 * What is written of calls beside refusals and what goes wrong, and in which form.
 *
 * @param access whether each call has a line, with where its time went; default no
 * @param audit whether each session that was made, revoked or refused has a line; default no
 * @param hashKey the key of the hashes by which audit lines name sessions; default a random one of each process
 * @param format of all lines; default text
 */
public record LogSettings(Boolean access, Boolean audit, Optional<Secret> hashKey, LogFormat format) {
    private static final int SHORTEST_KEY = 32;

    public LogSettings {
        access = Require.orElse(access, false);
        audit = Require.orElse(audit, false);
        hashKey = Require.orElse(hashKey, Optional.<Secret>empty());
        format = Require.orElse(format, LogFormat.TEXT);
        hashKey.ifPresent(LogSettings::requireLong);
    }

    /** All defaults. */
    public static LogSettings defaults() {
        return new LogSettings(false, false, Optional.empty(), LogFormat.TEXT);
    }

    private static void requireLong(Secret key) {
        if (key.reveal().length() < SHORTEST_KEY) {
            throw new InvalidSetting(
                    "sallyport.logs.hash-key",
                    "at least 32 characters, as openssl rand -base64 32 prints",
                    "of " + key.reveal().length());
        }
    }
}
