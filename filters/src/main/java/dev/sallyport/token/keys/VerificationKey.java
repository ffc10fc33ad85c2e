package dev.sallyport.token.keys;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.contract.TokenAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * A public key that verifies one algorithm, with a verifier that is kept.
 *
 * @param shown public parts only, and nothing but what verifying takes
 */
record VerificationKey(JWK shown, TokenVerifier verifier) {
    /**
     * A signature as the library takes it, decoded by the JDK. The library's own decoder sees to it that every text takes the same
     * time, for which it pays; a signature is no secret. Its text is never asked for.
     */
    private static final class Decoded extends Base64URL {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Decoded(byte[] bytes) {
            super("");
            this.bytes = bytes;
        }

        @Override
        public byte[] decode() {
            return bytes;
        }
    }

    private static final int FEWEST_BITS = 2048;
    private static final int MOST_BITS = 8192;
    private static final int MOST_EXPONENT_BITS = 64;

    /** Whether a key is made for this: its type and curve or size fit, and nothing that it says of itself speaks against it. */
    static boolean isFor(TokenAlgorithm algorithm, JWK key) {
        boolean fits =
                switch (algorithm.family()) {
                    case RSA -> key instanceof RSAKey rsa && isSound(rsa);
                    case EC ->
                        key instanceof ECKey ec
                                && Curve.forJWSAlgorithm(named(algorithm)).contains(ec.getCurve());
                };
        @Nullable Algorithm own = key.getAlgorithm();
        return fits
                && (own == null || own.getName().equals(algorithm.name()))
                && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
    }

    /** Bits that count: zeros before them make no key longer. An exponent is odd (RFC 8017, 3.1), and with 1 anything is signed. */
    private static boolean isSound(RSAKey key) {
        int bits = key.getModulus().decodeToBigInteger().bitLength();
        BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
        return bits >= FEWEST_BITS
                && bits <= MOST_BITS
                && exponent.testBit(0)
                && exponent.bitLength() >= 2
                && exponent.bitLength() <= MOST_EXPONENT_BITS;
    }

    /**
     * Of a key that {@link #isFor} lets pass.
     *
     * @param provider does the arithmetic; null for the JDK's choice
     */
    static VerificationKey of(TokenAlgorithm algorithm, JWK key, @Nullable Provider provider) throws ParseException {
        try {
            return algorithm.family() == TokenAlgorithm.Family.RSA
                    ? rsa(algorithm, key.toRSAKey(), provider)
                    : ec(algorithm, key.toECKey(), provider);
        } catch (JOSEException
                | RuntimeException unusable) { // the JDK throws what it likes at a coordinate out of its field
            throw new ParseException("a key cannot be used", 0);
        }
    }

    private static VerificationKey rsa(TokenAlgorithm algorithm, RSAKey key, @Nullable Provider provider)
            throws JOSEException {
        RSAKey bare = new RSAKey.Builder(key.getModulus(), key.getPublicExponent())
                .keyID(key.getKeyID())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(named(algorithm))
                .build();
        PublicKey own = own(bare.toRSAPublicKey(), provider);
        if (algorithm.isPkcs1()) {
            return new VerificationKey(bare, new KeptSignature(algorithm, own, provider));
        }
        return new VerificationKey(bare, of(algorithm, new RSASSAVerifier((RSAPublicKey) own), provider));
    }

    private static VerificationKey ec(TokenAlgorithm algorithm, ECKey key, @Nullable Provider provider)
            throws JOSEException {
        ECKey bare = new ECKey.Builder(key.getCurve(), key.getX(), key.getY())
                .keyID(key.getKeyID())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(named(algorithm))
                .build();
        var verifier = new ECDSAVerifier((ECPublicKey) own(bare.toECPublicKey(), provider));
        return new VerificationKey(bare, of(algorithm, verifier, provider));
    }

    /** The library is told what the contract says and sees nothing of a token's header but its bytes. */
    private static TokenVerifier of(TokenAlgorithm algorithm, JWSVerifier library, @Nullable Provider provider) {
        if (provider != null) {
            library.getJCAContext().setProvider(provider);
        }
        var pinned = new JWSHeader(named(algorithm));
        return (signed, signature) -> {
            try {
                return library.verify(pinned, signed, new Decoded(signature));
            } catch (JOSEException unverifiable) {
                return false;
            }
        };
    }

    /**
     * The key in the provider's own form, into which it would otherwise turn it for each signature anew. A key that it does not
     * take stays as it is, and no signature holds by it; those beside it are none the worse.
     */
    private static PublicKey own(PublicKey key, @Nullable Provider provider) {
        try {
            return provider == null
                    ? key
                    : (PublicKey)
                            KeyFactory.getInstance(key.getAlgorithm(), provider).translateKey(key);
        } catch (GeneralSecurityException | RuntimeException notTaken) {
            return key;
        }
    }

    private static JWSAlgorithm named(TokenAlgorithm algorithm) {
        return JWSAlgorithm.parse(algorithm.name());
    }
}
