package dev.sallyport.token;

import dev.sallyport.contract.TokenContract;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.token.TokenVerdict.KeyWanted;
import dev.sallyport.token.TokenVerdict.Untrusted;
import dev.sallyport.token.keys.Keys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A check with a known key and a clock that stands still; the clocks may differ by five seconds. */
final class TokenTrial {
    /** What the small pack asks of claims, and a session besides. */
    static final String CLAIMS_SCHEMA =
            "{'type':'object','properties':{'sub':{'type':'string'},'session':{'type':'object'},"
                    + "'iat':{'type':'number'},'nbf':{'type':'number'},'exp':{'type':'number'}},"
                    + "'required':['sub','iss','aud','iat','exp','session']}";

    private static final TokenCheck.Expected EXPECTED = new TokenCheck.Expected(
            Set.of("issuer.invalid/project", "https://issuer.invalid"), "project", Set.of("friend"));

    private final TokenCheck check;

    private TokenTrial(TokenContract contract, Duration maxAge) {
        check = new TokenCheck(contract, new TokenLimits(Duration.ofSeconds(5), maxAge, 16 * 1024));
    }

    /** A trial as usual: of tokens that may be five minutes old. */
    static TokenTrial in(Path folder) {
        return in(folder, CLAIMS_SCHEMA, Duration.ofMinutes(5));
    }

    static TokenTrial in(Path folder, String claimsSchema, Duration maxAge) {
        TokenContract contract = SmallPack.in(folder)
                .with("claims.json", claimsSchema)
                .with("login/examples/accepted/good.json", "{'about':'no token','request':{'token':'t'}}")
                .contract("login")
                .sessionToken()
                .orElseThrow();
        return new TokenTrial(contract, maxAge);
    }

    TokenVerdict verdict(String token) {
        return check.check(token, Keys.set(Keys.GOOD), EXPECTED, Instant.ofEpochSecond(TokenTexts.NOW));
    }

    @Nullable
    TokenFault fault(String token) {
        TokenVerdict verdict = verdict(token);
        if (verdict instanceof KeyWanted) {
            return TokenFault.UNKNOWN_KEY;
        }
        return verdict instanceof Untrusted refused ? refused.fault() : null;
    }
}
