package dev.sallyport.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.token.keys.KeySet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a token (RFC 7519) was signed with a key of a set, along the lines of RFC 8725: the algorithm is told from outside
 * and never by the token, the key comes only from the set. What the token claims is left to others. A pure decision; good headers
 * are remembered by their text, since an issuer writes the same few for months. Thread-safe.
 */
final class SignatureCheck {
    /** Headers have some hundred characters; one that is forty times that is none of them. */
    private static final int LONGEST_HEADER = 4096;

    private static final int MOST_HEADERS = 64;

    private final JWSHeader pinned;
    private final HeaderCheck header;
    private final int longest;
    private final Cache<String, HeaderCheck.Verdict> headers =
            Caffeine.newBuilder().maximumSize(MOST_HEADERS).build();

    /** @param longest the most characters that a token may have */
    SignatureCheck(String algorithm, HeaderCheck header, int longest) {
        this.pinned = new JWSHeader(JWSAlgorithm.parse(algorithm));
        this.header = header;
        this.longest = longest;
    }

    /** What is said of a token's signature. */
    sealed interface Outcome {}

    /** Signed with a key of the set. */
    static final class Genuine implements Outcome {
        private final byte[] claims;

        Genuine(byte[] claims) {
            this.claims = claims;
        }

        byte[] claims() {
            return claims;
        }

        @Override
        public String toString() {
            return "genuine";
        }
    }

    /** In order so far, but signed with a key that is not in the set. */
    record OtherKey(String keyId) implements Outcome {}

    /** Not to be let through. */
    record Flawed(TokenFault fault) implements Outcome {}

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

    Outcome check(String token, KeySet keys) {
        if (token.length() > longest) {
            return new Flawed(TokenFault.TOO_LARGE);
        }
        @Nullable Parts parts = parts(token);
        if (parts == null) {
            return new Flawed(TokenFault.MALFORMED);
        }
        if (parts.first > LONGEST_HEADER) {
            return new Flawed(TokenFault.TOO_LARGE);
        }
        HeaderCheck.Verdict said = said(parts);
        return said.fault() == null ? signed(parts, said, keys) : new Flawed(said.fault());
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

    /** A header is remembered once a token with it was signed by the issuer, so that forged tokens do not fill the memory. */
    private Outcome signed(Parts parts, HeaderCheck.Verdict said, KeySet keys) {
        @Nullable JWSVerifier verifier = keys.verifier(said.keyId());
        if (verifier == null) {
            return new OtherKey(said.keyId());
        }
        if (!isGenuine(parts, verifier)) {
            return new Flawed(TokenFault.BAD_SIGNATURE);
        }
        headers.asMap().putIfAbsent(parts.header(), said);
        return new Genuine(parts.claims());
    }

    /** The library is told what the contract says and sees nothing of the token's header but its bytes. */
    private boolean isGenuine(Parts parts, JWSVerifier verifier) {
        try {
            return verifier.verify(pinned, parts.signed(), parts.signature());
        } catch (JOSEException unverifiable) {
            return false;
        }
    }
}
