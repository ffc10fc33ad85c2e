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

    /** The three parts of a token that is in order as a text, the first as it is written too, and what is signed of it. */
    private static final class Parts {
        private final String headerText;
        private final byte[] header;
        private final byte[] claims;
        private final byte[] signature;
        private final byte[] signed;

        Parts(String token, byte[] header, byte[] claims, byte[] signature, byte[] signed) {
            this.headerText = token.substring(0, token.indexOf('.'));
            this.header = header;
            this.claims = claims;
            this.signature = signature;
            this.signed = signed;
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
        if (parts.headerText.length() > LONGEST_HEADER) {
            return new Flawed(TokenFault.TOO_LARGE);
        }
        HeaderCheck.@Nullable Verdict known = headers.getIfPresent(parts.headerText);
        HeaderCheck.Verdict said = known == null ? header.check(parts.header) : known;
        Outcome outcome = said.fault() == null ? signed(parts, said, keys) : new Flawed(said.fault());
        if (known == null && outcome instanceof Genuine) { // forged tokens must not fill the memory
            headers.put(parts.headerText, said);
        }
        return outcome;
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
        if (bytes.length != token.length()) { // a surrogate pair is one question mark
            return null;
        }
        byte @Nullable [] header = Base64Url.decoded(bytes, 0, first);
        byte @Nullable [] claims = Base64Url.decoded(bytes, first + 1, second);
        byte @Nullable [] signature = Base64Url.decoded(bytes, second + 1, bytes.length);
        return header == null || claims == null || signature == null
                ? null
                : new Parts(token, header, claims, signature, Arrays.copyOf(bytes, second));
    }

    private Outcome signed(Parts parts, HeaderCheck.Verdict said, KeySet keys) {
        @Nullable JWSVerifier verifier = keys.verifier(said.keyId());
        if (verifier == null) {
            return new OtherKey(said.keyId());
        }
        return isGenuine(parts, verifier) ? new Genuine(parts.claims) : new Flawed(TokenFault.BAD_SIGNATURE);
    }

    /** The library is told what the contract says and sees nothing of the token's header but its bytes. */
    private boolean isGenuine(Parts parts, JWSVerifier verifier) {
        try {
            return verifier.verify(pinned, parts.signed, new Signature(parts.signature));
        } catch (JOSEException unverifiable) {
            return false;
        }
    }
}
