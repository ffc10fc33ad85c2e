package dev.sallyport.token.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One element of a key set as it was published, of which nothing is believed yet. Not printed: it may hold a private key.
 *
 * @param isPrivate whether it has members that only a private key has (RFC 7518, 6.2.2 and 6.3.2)
 */
record PublishedKey(JsonNode element, boolean isPrivate) {
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth");
    /** The whole of a symmetric key (RFC 7518, 6.4.1), which has no public half. */
    private static final String SECRET = "k";

    static PublishedKey of(JsonNode element) {
        return new PublishedKey(element, PRIVATE.stream().anyMatch(element::hasNonNull));
    }

    /** The numbers of which one makes the public half this one and no other, under whichever key id and type it stands. */
    Stream<BigInteger> publicNumbers() {
        return Stream.of("n", "x")
                .map(name -> element.path(name).asString(""))
                .filter(text -> !text.isEmpty())
                .map(text -> new Base64URL(text).decodeToBigInteger());
    }

    /** As the library reads it; empty if it is no key, or not one that agrees with itself. */
    Optional<JWK> read() {
        try {
            return element.isObject() ? Optional.of(JWK.parse(element.toString())) : Optional.empty();
        } catch (ParseException | RuntimeException unusable) {
            return Optional.empty();
        }
    }

    /** Members that may be shown, if a contract knows them: none of a private key's, and nothing in which one might be hidden. */
    Map<String, JsonNode> showable() {
        Map<String, JsonNode> showable = new LinkedHashMap<>();
        element.forEachEntry((name, value) -> {
            if (!PRIVATE.contains(name) && !name.equals(SECRET) && PublishedKeys.isShowable(value)) {
                showable.put(name, value);
            }
        });
        return showable;
    }

    @Override
    public String toString() {
        return isPrivate ? "a private key" : "a key";
    }
}
