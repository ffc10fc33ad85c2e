package dev.sallyport.token;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.token.SignatureCheck.Flawed;
import dev.sallyport.token.SignatureCheck.Genuine;
import dev.sallyport.token.SignatureCheck.OtherKey;
import dev.sallyport.token.TokenVerdict.KeyWanted;
import dev.sallyport.token.TokenVerdict.Untrusted;
import dev.sallyport.token.TokenVerdict.Verified;
import dev.sallyport.token.keys.KeySet;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a session token (RFC 7519) may be trusted, along the lines of RFC 8725: the algorithm comes from the
 * contract and never from the token, the key only from the provider's set, and {@code iss}, {@code aud} and the times are
 * checked every time. A pure decision. Thread-safe.
 */
final class TokenCheck {
    /** Dates of more are far from every other. */
    private static final int MOST_DIGITS = 15;

    private final TokenContract contract;
    private final TokenLimits limits;
    private final SignatureCheck signature;

    TokenCheck(TokenContract contract, TokenLimits limits) {
        this.contract = contract;
        this.limits = limits;
        String algorithm = contract.header().algorithm().name();
        this.signature =
                new SignatureCheck(new HeaderCheck(algorithm, contract.header().type()::equals), limits.longest());
    }

    /**
     * Who must have issued the token, and for whom.
     *
     * @param audience must be named
     * @param others may be named beside it
     */
    record Expected(Set<String> issuers, String audience, Set<String> others) {}

    /** @param token in UTF-8; handed over, not copied */
    TokenVerdict check(byte[] token, KeySet keys, Expected expected, Instant now) {
        SignatureCheck.Outcome outcome = signature.check(token, keys);
        if (outcome instanceof Genuine genuine) {
            return claims(genuine.claims(), expected, now);
        }
        return outcome instanceof OtherKey other
                ? new KeyWanted(other.keyId())
                : new Untrusted(((Flawed) outcome).fault());
    }

    /** The same of text. */
    TokenVerdict check(String token, KeySet keys, Expected expected, Instant now) {
        return check(token.getBytes(StandardCharsets.UTF_8), keys, expected, now);
    }

    private TokenVerdict claims(byte[] json, Expected expected, Instant now) {
        if (!(contract.readClaims(json) instanceof Document claims)) {
            return new Untrusted(TokenFault.MALFORMED);
        }
        if (!claims.violations().isEmpty() || !hasDates(claims)) {
            return new Untrusted(TokenFault.CLAIMS_BREAK_CONTRACT);
        }
        @Nullable TokenFault fault = namesFault(claims, expected);
        if (fault == null) {
            fault = timesFault(claims, now.getEpochSecond());
        }
        return fault == null ? new Verified(claims) : new Untrusted(fault);
    }

    /** What the times are checked with must be there and be a number (RFC 7519, 2), whatever the pack's schema lets pass. */
    private boolean hasDates(Document claims) {
        var standard = contract.claims().standard();
        Kind notBefore = claims.value(standard.notBefore()).kind();
        return claims.value(standard.issuedAt()).kind() == Kind.NUMBER
                && claims.value(standard.expires()).kind() == Kind.NUMBER
                && (notBefore == Kind.NUMBER || notBefore == Kind.MISSING);
    }

    private @Nullable TokenFault namesFault(Document claims, Expected expected) {
        var standard = contract.claims().standard();
        return expected.issuers().contains(claims.value(standard.issuer()).text())
                ? Audience.fault(claims.value(standard.audience()), expected.audience(), expected.others())
                : TokenFault.WRONG_ISSUER;
    }

    private @Nullable TokenFault timesFault(Document claims, long now) {
        var standard = contract.claims().standard();
        long skew = limits.skew().toSeconds();
        long issued = seconds(claims.value(standard.issuedAt()));
        long expires = seconds(claims.value(standard.expires()));
        if (expires <= now - skew || expires <= issued) {
            return TokenFault.EXPIRED;
        }
        Value notBefore = claims.value(standard.notBefore());
        if (notBefore.kind() != Kind.MISSING && seconds(notBefore) > now + skew) {
            return TokenFault.NOT_YET_VALID;
        }
        if (issued > now + skew) {
            return TokenFault.ISSUED_IN_FUTURE;
        }
        if (expires - issued > contract.claims().lifetime().toSeconds()) {
            return TokenFault.LIVES_TOO_LONG;
        }
        return issued < now - skew - limits.maxAge().toSeconds() ? TokenFault.TOO_OLD : null;
    }

    /** A NumericDate in whole seconds; absurd ones saturate, so that they are refused by what they are compared with. */
    private static long seconds(Value date) {
        String text = date.text();
        return isPlain(text) ? Long.parseLong(text) : bounded(new BigDecimal(text).doubleValue());
    }

    /** As every provider writes dates: digits, and not too many. */
    private static boolean isPlain(String number) {
        boolean plain = number.length() <= MOST_DIGITS;
        for (int index = 0; plain && index < number.length(); index++) {
            char c = number.charAt(index);
            plain = c >= '0' && c <= '9';
        }
        return plain;
    }

    private static long bounded(double seconds) {
        return (long) Math.max(-1e15, Math.min(1e15, Math.floor(seconds)));
    }
}
