package dev.sallyport.config;

import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The session token in replies.
 *
 * @param mode default enforce
 * @param clockSkew how far the provider's clock may be off; default 5 s
 * @param maxSize the longest token that is looked at; default 16 KB
 * @param maxAge how long ago it may have been issued; default the lifetime that the contract pack allows
 * @param jwks the provider's keys
 */
public record SessionTokenSettings(
        TokenMode mode, Duration clockSkew, ByteSize maxSize, Optional<Duration> maxAge, JwksSettings jwks) {
    private static final String OWN = "sallyport.session-token.";

    public SessionTokenSettings {
        mode = Require.orElse(mode, TokenMode.ENFORCE);
        clockSkew = Require.orElse(clockSkew, Duration.ofSeconds(5));
        Require.between(OWN + "clock-skew", clockSkew, Duration.ZERO, Duration.ofMinutes(2));
        maxSize = Require.orElse(maxSize, ByteSize.kilobytes(16));
        ByteSize.between(OWN + "max-size", maxSize, ByteSize.kilobytes(2), ByteSize.kilobytes(256));
        maxAge = Require.orElse(maxAge, Optional.empty());
        maxAge.ifPresent(age -> Require.between(OWN + "max-age", age, Duration.ofSeconds(1), Duration.ofHours(24)));
        jwks = Require.orElse(jwks, JwksSettings.defaults());
    }

    /** All defaults. */
    public static SessionTokenSettings defaults() {
        return new SessionTokenSettings(
                TokenMode.ENFORCE,
                Duration.ofSeconds(5),
                ByteSize.kilobytes(16),
                Optional.empty(),
                JwksSettings.defaults());
    }

    /**
     * The provider's keys.
     *
     * @param refresh the longest time between two fetches in the background; default 10 min
     * @param keep keys older than this are not used any more; default 24 h
     * @param timeout for one fetch; default 2 s
     * @param unknownKeyInterval the pace of extra fetches that unknown key ids ask for; default 30 s
     * @param file where the last good keys are kept for the next start; default nowhere
     */
    public record JwksSettings(
            Duration refresh, Duration keep, Duration timeout, Duration unknownKeyInterval, Optional<String> file) {
        private static final String KEY = "sallyport.session-token.jwks.";

        public JwksSettings {
            refresh = Require.orElse(refresh, Duration.ofMinutes(10));
            keep = Require.orElse(keep, Duration.ofHours(24));
            timeout = Require.orElse(timeout, Duration.ofSeconds(2));
            unknownKeyInterval = Require.orElse(unknownKeyInterval, Duration.ofSeconds(30));
            file = Require.orElse(file, Optional.empty());
            Require.between(KEY + "refresh", refresh, Duration.ofSeconds(1), Duration.ofHours(24));
            Require.between(KEY + "keep", keep, refresh, Duration.ofDays(30));
            Require.between(KEY + "timeout", timeout, Duration.ofMillis(50), Duration.ofSeconds(30));
            Require.between(
                    KEY + "unknown-key-interval", unknownKeyInterval, Duration.ofMillis(100), Duration.ofHours(1));
            if (file.isPresent() && !isPath(file.get())) {
                throw new InvalidSetting(KEY + "file", "the path of a file", file.get());
            }
        }

        private static boolean isPath(String text) {
            try {
                return !text.isBlank() && Path.of(text).getFileName() != null;
            } catch (InvalidPathException impossible) {
                return false;
            }
        }

        static JwksSettings defaults() {
            return new JwksSettings(
                    Duration.ofMinutes(10),
                    Duration.ofHours(24),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(30),
                    Optional.empty());
        }
    }
}
