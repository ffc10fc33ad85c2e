package dev.sallyport.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.token.TokenVerdict.Refused;
import dev.sallyport.token.TokenVerdict.Verified;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a session token (RFC 7519) may be trusted, along the lines of RFC 8725: the algorithm comes from the
 * contract and never from the token, the key only from the provider's set, and {@code iss}, {@code aud} and the times are
 * checked every time. A pure decision; headers are remembered by their text, since a provider writes the same few for
 * months. Thread-safe.
 */
final class TokenCheck {
    /** A session token is some two kilobytes; one that is many times that is refused before any arithmetic. */
    private static final int LONGEST = 16 * 1024;

    private static final boolean[] ALPHABET = alphabet();
    private static final Base64.Decoder BASE64URL = Base64.getUrlDecoder();

    private final TokenContract contract;
    private final Duration skew;
    private final Cache<String, JWSHeader> headers =
            Caffeine.newBuilder().maximumSize(64).build();

    TokenCheck(TokenContract contract, Duration skew) {
        this.contract = contract;
        this.skew = skew;
    }

    /** Who must have issued the token, and for whom. */
    record Expected(Set<String> issuers, String audience) {}

    TokenVerdict check(String token, KeySet keys, Expected expected, Instant now) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        boolean compact = first > 0 && second > first + 1;
        if (!compact || token.length() > LONGEST || !isBase64Url(token, first, second)) {
            return new Refused(TokenFault.MALFORMED);
        }
        JWSHeader header = header(token.substring(0, first));
        if (header == null) {
            return new Refused(TokenFault.MALFORMED);
        }
        TokenFault fault = headerFault(header);
        if (fault == null) {
            fault = signatureFault(token, second, header, keys);
        }
        return fault == null ? claims(token.substring(first + 1, second), expected, now) : new Refused(fault);
    }

    /** Only the alphabet and the two dots: no padding, no white space (RFC 7515, 2). */
    private static boolean isBase64Url(String token, int first, int second) {
        for (int index = 0; index < token.length(); index++) {
            char c = token.charAt(index);
            if ((c >= ALPHABET.length || !ALPHABET[c]) && index != first && index != second) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] alphabet() {
        var alphabet = new boolean[128];
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                .chars()
                .forEach(c -> alphabet[c] = true);
        return alphabet;
    }

    private @Nullable JWSHeader header(String text) {
        @Nullable JWSHeader known = headers.getIfPresent(text);
        if (known != null) {
            return known;
        }
        try {
            JWSHeader parsed = JWSHeader.parse(new Base64URL(text));
            headers.put(text, parsed);
            return parsed;
        } catch (ParseException | IllegalArgumentException malformed) {
            return null;
        }
    }

    private @Nullable TokenFault headerFault(JWSHeader header) {
        if (!contract.algorithm().equals(header.getAlgorithm().getName())) {
            return TokenFault.WRONG_ALGORITHM;
        }
        if (header.getType() == null || !contract.type().equals(header.getType().getType())) {
            return TokenFault.WRONG_TYPE;
        }
        boolean plain = header.getCriticalParams() == null && header.isBase64URLEncodePayload();
        return plain ? null : TokenFault.CRITICAL_HEADER;
    }

    private static @Nullable TokenFault signatureFault(String token, int second, JWSHeader header, KeySet keys) {
        @Nullable JWSVerifier verifier = header.getKeyID() == null ? null : keys.verifier(header.getKeyID());
        if (verifier == null) {
            return TokenFault.UNKNOWN_KEY;
        }
        byte[] signed = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        try {
            boolean genuine = verifier.verify(header, signed, new Base64URL(token.substring(second + 1)));
            return genuine ? null : TokenFault.BAD_SIGNATURE;
        } catch (JOSEException unverifiable) {
            return TokenFault.BAD_SIGNATURE;
        }
    }

    private TokenVerdict claims(String payload, Expected expected, Instant now) {
        byte[] json;
        try {
            json = BASE64URL.decode(payload);
        } catch (IllegalArgumentException malformed) {
            return new Refused(TokenFault.MALFORMED);
        }
        if (!(contract.readClaims(json) instanceof Document claims)) {
            return new Refused(TokenFault.MALFORMED);
        }
        if (!claims.violations().isEmpty()) {
            return new Refused(TokenFault.CLAIMS_BREAK_CONTRACT);
        }
        @Nullable TokenFault fault = claimsFault(claims, expected, now.getEpochSecond());
        return fault == null ? new Verified(claims) : new Refused(fault);
    }

    private @Nullable TokenFault claimsFault(Document claims, Expected expected, long now) {
        var standard = contract.standard();
        if (!expected.issuers().contains(claims.value(standard.issuer()).text())) {
            return TokenFault.WRONG_ISSUER;
        }
        if (!names(claims.value(standard.audience()), expected.audience())) {
            return TokenFault.WRONG_AUDIENCE;
        }
        long issued = seconds(claims.value(standard.issuedAt()), now);
        long expires = seconds(claims.value(standard.expires()), 0);
        if (expires <= now - skew.toSeconds()) {
            return TokenFault.EXPIRED;
        }
        if (seconds(claims.value(standard.notBefore()), now) > now + skew.toSeconds()) {
            return TokenFault.NOT_YET_VALID;
        }
        if (issued > now + skew.toSeconds()) {
            return TokenFault.ISSUED_IN_FUTURE;
        }
        return expires - issued > contract.lifetime().toSeconds() ? TokenFault.LIVES_TOO_LONG : null;
    }

    /** Whether an audience, one name or a list of them, has a name. */
    private static boolean names(Value audience, String name) {
        return audience.kind() == Kind.ARRAY
                ? Audience.names(audience.json(), name)
                : audience.kind() == Kind.STRING && audience.text().equals(name);
    }

    /** A NumericDate in whole seconds; absurd ones saturate, so that they are refused by what they are compared with. */
    private static long seconds(Value date, long otherwise) {
        if (date.kind() != Kind.NUMBER) {
            return otherwise;
        }
        double seconds = new BigDecimal(date.text()).doubleValue();
        return (long) Math.max(-1e15, Math.min(1e15, Math.floor(seconds)));
    }
}
