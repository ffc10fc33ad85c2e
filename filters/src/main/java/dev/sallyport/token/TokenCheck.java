package dev.sallyport.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.TokenContract;
import dev.sallyport.token.TokenVerdict.KeyWanted;
import dev.sallyport.token.TokenVerdict.Untrusted;
import dev.sallyport.token.TokenVerdict.Verified;
import dev.sallyport.token.keys.KeySet;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a session token (RFC 7519) may be trusted, along the lines of RFC 8725: the algorithm comes from the
 * contract and never from the token, the key only from the provider's set, and {@code iss}, {@code aud} and the times are
 * checked every time. A pure decision; good headers are remembered by their text, since a provider writes the same few for
 * months. Thread-safe.
 */
final class TokenCheck {
    /** The provider's headers have some hundred characters; one that is forty times that is none of them. */
    private static final int LONGEST_HEADER = 4096;

    private static final int MOST_HEADERS = 64;
    /** Dates of more are far from every other. */
    private static final int MOST_DIGITS = 15;

    private final TokenContract contract;
    private final TokenLimits limits;
    private final JWSHeader pinned;
    private final HeaderCheck header;
    private final Cache<String, HeaderCheck.Verdict> headers =
            Caffeine.newBuilder().maximumSize(MOST_HEADERS).build();

    TokenCheck(TokenContract contract, TokenLimits limits) {
        this.contract = contract;
        this.limits = limits;
        this.pinned =
                new JWSHeader(JWSAlgorithm.parse(contract.header().algorithm().name()));
        this.header = new HeaderCheck(
                contract.header().algorithm().name(), contract.header().type());
    }

    /**
     * Who must have issued the token, and for whom.
     *
     * @param audience must be named
     * @param others may be named beside it
     */
    record Expected(Set<String> issuers, String audience, Set<String> others) {}

    /** The three parts of a token that is in order as a text: the header, the claims, and the signature of both. */
    private static final class Parts {
        private final byte[] token;
        private final int first;
        private final int second;

        Parts(byte[] token, int first, int second) {
            this.token = token;
            this.first = first;
            this.second = second;
        }

        String header() {
            return new String(token, 0, first, StandardCharsets.US_ASCII);
        }

        byte[] claims() {
            return Base64Url.decoded(token, first + 1, second);
        }

        byte[] signed() {
            return Arrays.copyOf(token, second);
        }

        Base64URL signature() {
            return new Signature(Base64Url.decoded(token, second + 1, token.length));
        }
    }

    /**
     * A signature as the library takes it, decoded by the JDK. The library's own decoder sees to it that every text takes the same
     * time, for which it pays; a signature is no secret. Its text is never asked for.
     */
    private static final class Signature extends Base64URL {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Signature(byte[] bytes) {
            super("");
            this.bytes = bytes;
        }

        @Override
        public byte[] decode() {
            return bytes;
        }
    }

    TokenVerdict check(String token, KeySet keys, Expected expected, Instant now) {
        if (token.length() > limits.longest()) {
            return new Untrusted(TokenFault.TOO_LARGE);
        }
        @Nullable Parts parts = parts(token);
        if (parts == null) {
            return new Untrusted(TokenFault.MALFORMED);
        }
        if (parts.first > LONGEST_HEADER) {
            return new Untrusted(TokenFault.TOO_LARGE);
        }
        HeaderCheck.Verdict said = said(parts);
        return said.fault() == null ? signed(parts, said, keys, expected, now) : new Untrusted(said.fault());
    }

    /** Compact serialization (RFC 7515, 7.1): three parts, each written in the one way that there is. */
    private static @Nullable Parts parts(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first <= 0 || second <= first + 1) {
            return null;
        }
        byte[] bytes =
                token.getBytes(StandardCharsets.ISO_8859_1); // any other character is a question mark, and refused
        boolean written = bytes.length == token.length() // two surrogates are one question mark
                && Base64Url.isCanonical(bytes, 0, first)
                && Base64Url.isCanonical(bytes, first + 1, second)
                && Base64Url.isCanonical(bytes, second + 1, bytes.length);
        return written ? new Parts(bytes, first, second) : null;
    }

    private HeaderCheck.Verdict said(Parts parts) {
        HeaderCheck.@Nullable Verdict known = headers.getIfPresent(parts.header());
        return known == null ? header.check(Base64Url.decoded(parts.token, 0, parts.first)) : known;
    }

    /** A header is remembered once a token with it was signed by the provider, so that forged tokens do not fill the memory. */
    private TokenVerdict signed(Parts parts, HeaderCheck.Verdict said, KeySet keys, Expected expected, Instant now) {
        @Nullable JWSVerifier verifier = keys.verifier(said.keyId());
        if (verifier == null) {
            return new KeyWanted(said.keyId());
        }
        if (!isGenuine(parts, verifier)) {
            return new Untrusted(TokenFault.BAD_SIGNATURE);
        }
        headers.asMap().putIfAbsent(parts.header(), said);
        return claims(parts, expected, now);
    }

    /** The library is told what the contract says and sees nothing of the token's header but its bytes. */
    private boolean isGenuine(Parts parts, JWSVerifier verifier) {
        try {
            return verifier.verify(pinned, parts.signed(), parts.signature());
        } catch (JOSEException unverifiable) {
            return false;
        }
    }

    private TokenVerdict claims(Parts parts, Expected expected, Instant now) {
        if (!(contract.readClaims(parts.claims()) instanceof Document claims)) {
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
