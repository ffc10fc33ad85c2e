package dev.sallyport.token.keys;

import dev.sallyport.contract.TokenAlgorithm;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A project's public signing keys by key id, for one algorithm: those that {@link KeySetReader} found of use. Immutable. */
public final class KeySet {
    /** No key at all: every key id is unknown. */
    public static final KeySet NONE = new KeySet(Map.of(), Map.of(), PublishedKeys.NONE);

    /** A key id longer than this is not accepted. */
    public static final int LONGEST_ID = 256;

    private static final StrictJson JSON = new StrictJson(32);

    private final Map<String, VerificationKey> keys;
    private final Map<KeyFlaw, Integer> ignored;
    private final PublishedKeys published;

    KeySet(Map<String, VerificationKey> keys, Map<KeyFlaw, Integer> ignored, PublishedKeys published) {
        this.keys = Map.copyOf(keys);
        this.ignored = Map.copyOf(ignored);
        this.published = published;
    }

    /**
     * Reads a JWKS document (RFC 7517, 5), key by key: one that is not understood, or is of no use, is ignored and leaves those
     * beside it in use.
     *
     * @param algorithm what the keys are to verify
     * @param provider does the arithmetic; null for the JDK's choice
     * @throws ParseException if it is not strict JSON, or not an object with a list of keys
     */
    public static KeySet parse(byte[] jwks, TokenAlgorithm algorithm, @Nullable Provider provider)
            throws ParseException {
        @Nullable JsonNode document = JSON.tree(jwks);
        if (document == null) {
            throw new ParseException("not strict JSON", 0);
        }
        if (!document.path("keys").isArray()) {
            throw new ParseException("not a JWKS document", 0);
        }
        return new KeySetReader(algorithm, provider).read(document);
    }

    /** The same of text. */
    public static KeySet parse(String jwks, TokenAlgorithm algorithm, @Nullable Provider provider)
            throws ParseException {
        return parse(jwks.getBytes(StandardCharsets.UTF_8), algorithm, provider);
    }

    /** The verifier for a key id, or null. */
    public @Nullable TokenVerifier verifier(String keyId) {
        @Nullable VerificationKey key = keys.get(keyId);
        return key == null ? null : key.verifier();
    }

    /** Whether there is a key of this id. */
    public boolean has(String keyId) {
        return keys.containsKey(keyId);
    }

    /** Whether there is a key in it that the other set does not have. */
    public boolean hasMoreThan(KeySet other) {
        return !other.keys.keySet().containsAll(keys.keySet());
    }

    /** The ids of the keys. */
    public Set<String> keyIds() {
        return keys.keySet();
    }

    /** How many published keys are not used, by reason. */
    public Map<KeyFlaw, Integer> ignored() {
        return ignored;
    }

    /**
     * The keys of use as a JWKS document, in the order in which they were published: public parts only.
     *
     * @param known the members that a contract knows of such a document: beside what verifying takes, no other is shown
     */
    public String published(KnownMembers known) {
        return published.json(known);
    }

    @Override
    public String toString() {
        return keys.keySet().toString();
    }
}
