package dev.sallyport.config.token;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the keys of an issuer are fetched and kept. It stands below several keys, so the record that holds it has it
 * {@linkplain #checked checked}.
 *
 * @param refresh the longest time between two fetches in the background; default 10 min
 * @param keep keys older than this are not used any more; default 24 h
 * @param timeout for one fetch; default 2 s
 * @param unknownKeyInterval the pace of extra fetches that unknown key ids ask for; default 30 s
 * @param file where the last good keys are kept for the next start; default nowhere
 */
public record JwksSettings(
        Duration refresh, Duration keep, Duration timeout, Duration unknownKeyInterval, Optional<String> file) {
    private static final Duration REFRESH = Duration.ofMinutes(10);
    private static final Duration KEEP = Duration.ofHours(24);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration UNKNOWN_KEY_INTERVAL = Duration.ofSeconds(30);

    public JwksSettings {
        refresh = Require.orElse(refresh, REFRESH);
        keep = Require.orElse(keep, KEEP);
        timeout = Require.orElse(timeout, TIMEOUT);
        unknownKeyInterval = Require.orElse(unknownKeyInterval, UNKNOWN_KEY_INTERVAL);
        file = Require.orElse(file, Optional.empty());
    }

    /** All defaults. */
    public static JwksSettings defaults() {
        return new JwksSettings(REFRESH, KEEP, TIMEOUT, UNKNOWN_KEY_INTERVAL, Optional.empty());
    }

    /**
     * These settings, if each of them may be what it is.
     *
     * @param key under which they stand, such as {@code sallyport.session-token.jwks}
     */
    public JwksSettings checked(String key) {
        Require.between(key + ".refresh", refresh, Duration.ofSeconds(1), Duration.ofHours(24));
        Require.between(key + ".keep", keep, refresh, Duration.ofDays(30));
        Require.between(key + ".timeout", timeout, Duration.ofMillis(50), Duration.ofSeconds(30));
        Require.between(key + ".unknown-key-interval", unknownKeyInterval, Duration.ofMillis(100), Duration.ofHours(1));
        if (file.isPresent() && !isPath(file.get())) {
            throw new InvalidSetting(key + ".file", "the path of a file", file.get());
        }
        return this;
    }

    private static boolean isPath(String text) {
        try {
            return !text.isBlank() && Path.of(text).getFileName() != null;
        } catch (InvalidPathException impossible) {
            return false;
        }
    }
}
