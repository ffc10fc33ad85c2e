package dev.sallyport.caller;

import dev.sallyport.config.caller.CallerJwtSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An issuer as settings have it. */
final class TestIssuer {
    @SuppressWarnings("NullAway") // null is how a binder says that nothing was given
    static final CallerJwtSettings SETTINGS = new CallerJwtSettings(
            "https://login.example.com",
            "sallyport",
            URI.create("https://login.example.com/keys"),
            Optional.empty(),
            List.of(),
            "ES256",
            "sub",
            List.of(),
            Duration.ZERO,
            Duration.ofHours(1),
            null);

    private TestIssuer() {}
}
