package dev.sallyport.config.token;

import dev.sallyport.config.value.ByteSize;
import dev.sallyport.config.value.Require;
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
        jwks = Require.orElse(jwks, JwksSettings.defaults()).checked(OWN + "jwks");
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
}
