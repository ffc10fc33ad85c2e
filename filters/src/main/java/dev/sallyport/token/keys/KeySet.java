package dev.sallyport.token.keys;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.sallyport.contract.TokenAlgorithm;
import java.security.Provider;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project's public signing keys by key id, for one algorithm. Immutable, thread-safe. Keys that are not for signatures with
 * it, without a plausible id, of fewer than 2048 bits (RFC 7518, 3.3) or of absurdly many, or on another curve, are left out,
 * and so are those that share an id with another one: it could not be said which is meant.
 */
public final class KeySet {
    /** No key at all: every key id is unknown. */
    public static final KeySet NONE = new KeySet(Map.of());

    /** A key id longer than this is not accepted. */
    public static final int LONGEST_ID = 256;

    private static final int MOST_KEYS = 64;

    private final Map<String, VerificationKey> keys;

    private KeySet(Map<String, VerificationKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /**
     * Reads a JWKS document (RFC 7517, 5).
     *
     * @param algorithm what the keys are to verify
     * @param provider does the arithmetic; null for the JDK's choice
     * @throws ParseException if it is none, or if a key in it is broken; the set is empty if it has no key of use
     */
    public static KeySet parse(String jwks, TokenAlgorithm algorithm, @Nullable Provider provider)
            throws ParseException {
        Map<String, VerificationKey> keys = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (JWK key : keys(jwks)) {
            if (!isNamed(key) || !VerificationKey.isFor(algorithm, key)) {
                continue;
            }
            if (!seen.add(key.getKeyID())) {
                keys.remove(key.getKeyID());
            } else if (keys.size() < MOST_KEYS) {
                keys.put(key.getKeyID(), VerificationKey.of(algorithm, key, provider));
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

    private static boolean isNamed(JWK key) {
        return key.getKeyID() != null && key.getKeyID().length() <= LONGEST_ID;
    }

    /** The verifier for a key id, or null. */
    public @Nullable JWSVerifier verifier(String keyId) {
        @Nullable VerificationKey key = keys.get(keyId);
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
        List<JWK> shown =
                keys.values().stream().<JWK>map(VerificationKey::shown).toList();
        return new JWKSet(shown).toString(true);
    }

    @Override
    public String toString() {
        return keys.keySet().toString();
    }
}
