package dev.sallyport.config.caller;

import dev.sallyport.config.provider.JwksUrl;
import dev.sallyport.config.token.JwksSettings;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens (JWT) of the company's own issuer, by which callers prove who they are.
 *
 * @param issuer the claim {@code iss}, character by character; required
 * @param audience must be in the claim {@code aud}; required
 * @param jwksUrl where the issuer publishes its keys; required
 * @param sslBundle the Spring SSL bundle for that address; default the JVM's trust store
 * @param pins public keys of which one must be in each certificate chain of that address; none: any that is trusted
 * @param algorithm the one that tokens are signed with; default RS256
 * @param claim which claim names the caller; default {@code sub}
 * @param scopes all of them must be granted by the token, by the claims that RFC 8693 and other issuers have for it; default none
 * @param skew how far the issuer's clock may be off; default 5 s
 * @param maxAge the longest time from a token's issue to its end; default 24 h
 * @param jwks how the issuer's keys are fetched and kept, as session keys are
 */
public record CallerJwtSettings(
        String issuer,
        String audience,
        URI jwksUrl,
        Optional<String> sslBundle,
        List<String> pins,
        String algorithm,
        String claim,
        List<String> scopes,
        Duration skew,
        Duration maxAge,
        JwksSettings jwks) {
    private static final String KEY = "sallyport.callers.jwt.";
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    public CallerJwtSettings {
        issuer = Require.present(KEY + "issuer", issuer, "the issuer of tokens, as their claim iss has it");
        audience = Require.present(KEY + "audience", audience, "the audience of tokens, as their claim aud has it");
        jwksUrl = JwksUrl.checked(KEY + "jwks-url", jwksUrl);
        sslBundle = Require.orElse(sslBundle, Optional.empty());
        pins = Require.pins(KEY + "pins", pins);
        algorithm = Require.orElse(algorithm, "RS256");
        if (!ALGORITHMS.contains(algorithm)) {
            String known = String.join(", ", ALGORITHMS.stream().sorted().toList());
            throw new InvalidSetting(KEY + "algorithm", "one of " + known, algorithm);
        }
        claim = Require.present(KEY + "claim", Require.orElse(claim, "sub"), "the name of a claim");
        scopes = Require.copy(scopes);
        skew = Require.orElse(skew, Duration.ofSeconds(5));
        Require.between(KEY + "skew", skew, Duration.ZERO, Duration.ofMinutes(2));
        maxAge = Require.orElse(maxAge, Duration.ofHours(24));
        Require.between(KEY + "max-age", maxAge, Duration.ofMinutes(1), Duration.ofDays(30));
        jwks = Require.orElse(jwks, JwksSettings.defaults()).checked(KEY + "jwks");
    }
}
