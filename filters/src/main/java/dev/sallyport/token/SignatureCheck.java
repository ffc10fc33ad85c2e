package dev.sallyport.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.TokenVerifier;
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

    private final HeaderCheck header;
    private final int longest;
    private final Cache<String, HeaderCheck.Verdict> headers =
            Caffeine.newBuilder().maximumSize(MOST_HEADERS).build();

    /** @param longest the most characters that a token may have */
    SignatureCheck(HeaderCheck header, int longest) {
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

    /** The three parts of a token that is in order as a text, the first as it is written, and what is signed of it. */
    private static final class Parts {
        private final String header;
        private final byte[] claims;
        private final byte[] signature;
        private final byte[] signed;

        Parts(String header, byte[] claims, byte[] signature, byte[] signed) {
            this.header = header;
            this.claims = claims;
            this.signature = signature;
            this.signed = signed;
        }
    }

    /** @param token in UTF-8; handed over, not copied */
    Outcome check(byte[] token, KeySet keys) {
        if (token.length > longest) {
            return new Flawed(TokenFault.TOO_LARGE);
        }
        @Nullable Parts parts = parts(token);
        if (parts == null) {
            return new Flawed(TokenFault.MALFORMED);
        }
        if (parts.header.length() > LONGEST_HEADER) {
            return new Flawed(TokenFault.TOO_LARGE);
        }
        HeaderCheck.@Nullable Verdict known = headers.getIfPresent(parts.header);
        HeaderCheck.Verdict said = known == null ? said(parts) : known;
        Outcome outcome = said.fault() == null ? signed(parts, said, keys) : new Flawed(said.fault());
        if (known == null && outcome instanceof Genuine) { // forged tokens must not fill the memory
            headers.put(parts.header, said);
        }
        return outcome;
    }

    private HeaderCheck.Verdict said(Parts parts) {
        byte @Nullable [] header = Base64Url.decoded(parts.signed, 0, parts.header.length());
        return header == null ? HeaderCheck.Verdict.MALFORMED : this.header.check(header);
    }

    /** Compact serialization (RFC 7515, 7.1): three parts, each written in the one way that there is. */
    private static @Nullable Parts parts(byte[] token) {
        int first = 0;
        while (first < token.length && token[first] != '.') {
            first++;
        }
        int second =
                token.length - 1; // from the end, since a signature is shorter than claims; there is no dot in either
        while (second > first && token[second] != '.') {
            second--;
        }
        if (first == 0 || second <= first + 1) {
            return null;
        }
        byte @Nullable [] claims = Base64Url.decoded(token, first + 1, second);
        byte @Nullable [] signature = Base64Url.decoded(token, second + 1, token.length);
        return claims == null || signature == null
                ? null
                : new Parts(
                        new String(token, 0, first, StandardCharsets.ISO_8859_1),
                        claims,
                        signature,
                        Arrays.copyOf(token, second));
    }

    private static Outcome signed(Parts parts, HeaderCheck.Verdict said, KeySet keys) {
        @Nullable TokenVerifier verifier = keys.verifier(said.keyId());
        if (verifier == null) {
            return new OtherKey(said.keyId());
        }
        return verifier.isGenuine(parts.signed, parts.signature)
                ? new Genuine(parts.claims)
                : new Flawed(TokenFault.BAD_SIGNATURE);
    }
}
