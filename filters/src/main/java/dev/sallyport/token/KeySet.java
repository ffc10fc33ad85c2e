package dev.sallyport.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.Provider;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project's public signing keys by key id, each with a verifier that is kept. Immutable, thread-safe. Keys that are not
 * RSA, not for signatures, without an id, or shorter than 2048 bits (RFC 7518, 3.3) are left out.
 */
public final class KeySet {
    private static final int FEWEST_BITS = 2048;
    private static final int MOST_KEYS = 64;

    private final Map<String, JWSVerifier> verifiers;

    private KeySet(Map<String, JWSVerifier> verifiers) {
        this.verifiers = Map.copyOf(verifiers);
    }

    /**
     * Reads a JWKS document (RFC 7517, 5).
     *
     * @param provider does the arithmetic; null for the JDK's choice
     * @throws ParseException if it is none, or has no key of use
     */
    public static KeySet parse(String jwks, @Nullable Provider provider) throws ParseException {
        Map<String, JWSVerifier> verifiers = new HashMap<>();
        for (JWK key : keys(jwks)) {
            if (isUseful(key) && verifiers.size() < MOST_KEYS) {
                verifiers.put(key.getKeyID(), verifier(key.toRSAKey(), provider));
            }
        }
        if (verifiers.isEmpty()) {
            throw new ParseException("no RSA signing key in it", 0);
        }
        return new KeySet(verifiers);
    }

    private static List<JWK> keys(String jwks) throws ParseException {
        try {
            return JWKSet.parse(jwks).getKeys();
        } catch (RuntimeException confused) { // the library's, over JSON that is no object
            var problem = new ParseException("not a JWKS document", 0);
            problem.initCause(confused);
            throw problem;
        }
    }

    private static boolean isUseful(JWK key) {
        boolean signing = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
        return key instanceof RSAKey && signing && key.getKeyID() != null && key.size() >= FEWEST_BITS;
    }

    private static JWSVerifier verifier(RSAKey key, @Nullable Provider provider) throws ParseException {
        try {
            var verifier = new RSASSAVerifier(key);
            if (provider != null) {
                verifier.getJCAContext().setProvider(provider);
            }
            return verifier;
        } catch (JOSEException unusable) {
            throw new ParseException("a key cannot be used", 0);
        }
    }

    /** The verifier for a key id, or null. */
    @Nullable
    JWSVerifier verifier(String keyId) {
        return verifiers.get(keyId);
    }

    /** The ids of the keys. */
    public Set<String> keyIds() {
        return verifiers.keySet();
    }

    @Override
    public String toString() {
        return verifiers.keySet().toString();
    }
}
