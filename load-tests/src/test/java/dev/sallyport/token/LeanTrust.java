package dev.sallyport.token;

import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.token.keys.KeySet;
import java.security.Provider;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's check of a session token behind one question, for the benchmark that asks it. It stands in the check's
 * package, since only the filter there sees the check otherwise.
 */
public final class LeanTrust {
    private final TokenCheck check;
    private final KeySet keys;
    private final TokenCheck.Expected expected;
    private final Instant now;

    /**
     * As the gateway has it by default, at a standing time.
     *
     * @param jwks the provider's keys
     * @param provider does the arithmetic; null for the JDK's
     */
    public LeanTrust(TokenContract token, String jwks, @Nullable Provider provider, String project, Instant now) {
        this.check = new TokenCheck(
                token, new TokenLimits(Duration.ofSeconds(5), token.claims().lifetime(), 16 * 1024));
        this.keys = keys(jwks, provider);
        this.expected = new Expectations("https://test.stytch.com", Map.of()).of(token, project);
        this.now = now;
    }

    /** Whether a token may be trusted. */
    public boolean trusts(String token) {
        return check.check(token, keys, expected, now) instanceof TokenVerdict.Verified;
    }

    private static KeySet keys(String jwks, @Nullable Provider provider) {
        try {
            return KeySet.parse(jwks, TokenAlgorithm.RS256, provider);
        } catch (ParseException broken) {
            throw new IllegalArgumentException(broken);
        }
    }
}
