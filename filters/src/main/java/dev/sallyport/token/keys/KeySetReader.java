package dev.sallyport.token.keys;

import com.nimbusds.jose.jwk.JWK;
import dev.sallyport.contract.TokenAlgorithm;
import java.math.BigInteger;
import java.security.Provider;
import java.text.ParseException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Tells which published keys are of use (RFC 7517, 5: others are to be ignored), and why the others are not. Left out are
 * those that are not for signatures with the algorithm, without a plausible id, of fewer than 2048 bits (RFC 7518, 3.3) or of
 * absurdly many, or on another curve; those that share an id, since it cannot be said which is meant; and those whose private
 * half is published, under whichever id. Used once.
 */
final class KeySetReader {
    private static final int MOST_KEYS = 64;

    private final TokenAlgorithm algorithm;
    private final @Nullable Provider provider;
    private final Map<String, VerificationKey> keys = new LinkedHashMap<>();
    private final Map<String, PublishedKey> elements = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<KeyFlaw, Integer> ignored = new EnumMap<>(KeyFlaw.class);

    KeySetReader(TokenAlgorithm algorithm, @Nullable Provider provider) {
        this.algorithm = algorithm;
        this.provider = provider;
    }

    /** Of a document with a list of keys. */
    KeySet read(JsonNode document) {
        List<PublishedKey> published =
                document.path("keys").values().stream().map(PublishedKey::of).toList();
        Set<BigInteger> exposed = published.stream()
                .filter(PublishedKey::isPrivate)
                .flatMap(PublishedKey::publicNumbers)
                .collect(Collectors.toSet());
        for (PublishedKey key : published) {
            boolean isExposed = key.isPrivate() || key.publicNumbers().anyMatch(exposed::contains);
            @Nullable KeyFlaw flaw = isExposed ? KeyFlaw.PRIVATE : take(key);
            if (flaw != null) {
                count(flaw);
            }
        }
        return new KeySet(keys, ignored, PublishedKeys.of(document, keys, elements));
    }

    /** What is wrong with a key; null if nothing is. */
    private @Nullable KeyFlaw take(PublishedKey published) {
        @Nullable JWK key = published.read().orElse(null);
        if (key == null) {
            return KeyFlaw.UNREADABLE;
        }
        @Nullable String id = key.getKeyID();
        if (id == null || id.length() > KeySet.LONGEST_ID) {
            return KeyFlaw.UNNAMED;
        }
        if (!VerificationKey.isFor(algorithm, key)) {
            return KeyFlaw.UNSUITED;
        }
        @Nullable KeyFlaw flaw = take(id, key);
        if (flaw == null) {
            elements.put(id, published);
        }
        return flaw;
    }

    private @Nullable KeyFlaw take(String id, JWK key) {
        if (!ids.add(id)) {
            if (keys.remove(id) != null) {
                count(KeyFlaw.SHARED_ID);
            }
            return KeyFlaw.SHARED_ID;
        }
        if (keys.size() >= MOST_KEYS) {
            return KeyFlaw.SURPLUS;
        }
        try {
            keys.put(id, VerificationKey.of(algorithm, key, provider));
            return null;
        } catch (ParseException unusable) {
            return KeyFlaw.UNREADABLE;
        }
    }

    private void count(KeyFlaw flaw) {
        ignored.merge(flaw, 1, Integer::sum);
    }
}
