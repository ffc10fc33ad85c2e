package dev.sallyport.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.Provider;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project's public signing keys by key id, each with a verifier that is kept. Immutable, thread-safe. Keys that are not
 * for RS256 signatures, without a plausible id, of fewer than 2048 bits (RFC 7518, 3.3) or of absurdly many are left out, and
 * so are those that share an id with another one: nobody could say which is meant.
 */
public final class KeySet {
    /** No key at all: every key id is unknown. */
    static final KeySet NONE = new KeySet(Map.of());

    /** A key id longer than this is nobody's. */
    static final int LONGEST_ID = 256;

    private static final int FEWEST_BITS = 2048;
    private static final int MOST_BITS = 8192;
    private static final int MOST_KEYS = 64;

    private final Map<String, Key> keys;

    private record Key(RSAKey shown, JWSVerifier verifier) {}

    private KeySet(Map<String, Key> keys) {
        this.keys = Map.copyOf(keys);
    }

    /**
     * Reads a JWKS document (RFC 7517, 5).
     *
     * @param provider does the arithmetic; null for the JDK's choice
     * @throws ParseException if it is none, or if a key in it is broken; the set is empty if it has no key of use
     */
    public static KeySet parse(String jwks, @Nullable Provider provider) throws ParseException {
        Map<String, Key> keys = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (JWK key : keys(jwks)) {
            if (!isUseful(key)) {
                continue;
            }
            if (!seen.add(key.getKeyID())) {
                keys.remove(key.getKeyID());
            } else if (keys.size() < MOST_KEYS) {
                keys.put(key.getKeyID(), key(key.toRSAKey(), provider));
            }
        }
        return keys.isEmpty() ? NONE : new KeySet(keys);
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
        boolean named = key.getKeyID() != null && key.getKeyID().length() <= LONGEST_ID;
        boolean signing = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
        boolean verifying =
                key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
        boolean rs256 = key.getAlgorithm() == null
                || JWSAlgorithm.RS256.getName().equals(key.getAlgorithm().getName());
        return key instanceof RSAKey
                && named
                && signing
                && verifying
                && rs256
                && key.size() >= FEWEST_BITS
                && key.size() <= MOST_BITS;
    }

    private static Key key(RSAKey key, @Nullable Provider provider) throws ParseException {
        RSAKey bare = new RSAKey.Builder(key.getModulus(), key.getPublicExponent())
                .keyID(key.getKeyID())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .build();
        try {
            var verifier = new RSASSAVerifier(bare);
            if (provider != null) {
                verifier.getJCAContext().setProvider(provider);
            }
            return new Key(bare, verifier);
        } catch (JOSEException unusable) {
            throw new ParseException("a key cannot be used", 0);
        }
    }

    /** The verifier for a key id, or null. */
    @Nullable
    JWSVerifier verifier(String keyId) {
        @Nullable Key key = keys.get(keyId);
        return key == null ? null : key.verifier();
    }

    boolean has(String keyId) {
        return keys.containsKey(keyId);
    }

    /** Whether there is a key in it that the other set does not have. */
    boolean hasMoreThan(KeySet other) {
        return !other.keys.keySet().containsAll(keys.keySet());
    }

    /** The ids of the keys. */
    public Set<String> keyIds() {
        return keys.keySet();
    }

    /** The keys as a JWKS document: public parts only, and nothing but what verifying takes. */
    public String published() {
        List<JWK> shown = keys.values().stream().<JWK>map(Key::shown).toList();
        return new JWKSet(shown).toString(true);
    }

    @Override
    public String toString() {
        return keys.keySet().toString();
    }
}
