package dev.sallyport.token;

import dev.sallyport.json.StrictJson;
import dev.sallyport.token.keys.KeySet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Decides on a token's header (RFC 7515, 4). It is asked for one thing only, the id of the key; all else it must say just
 * as the contract does. A key, or the way to one, is never taken from it, and a token that offers one is refused: it is not
 * the provider's manner. Unregistered members are passed over, as RFC 7515, 4, wants it.
 */
final class HeaderCheck {
    private static final int DEPTH = 4;
    private static final StrictJson JSON = new StrictJson(DEPTH);

    /** Members that change how a token is to be read (RFC 7515, 4.1.11; RFC 7797). */
    private static final List<String> CRITICAL = List.of("crit", "b64");

    /** Members that bring a key or say where one is (RFC 7515, 4.1.2, 4.1.3, 4.1.5, 4.1.6). */
    private static final List<String> KEYS = List.of("jwk", "jku", "x5u", "x5c");

    /** Members of what a session token is not: compressed, encrypted (RFC 7516, 4.1), a wrapping of another (RFC 7519, 5.2). */
    private static final List<String> WRAPPINGS = List.of("zip", "enc", "cty");

    private final String algorithm;
    private final Predicate<@Nullable String> type;

    /** @param type whether {@code typ} may be so; null if there is none */
    HeaderCheck(String algorithm, Predicate<@Nullable String> type) {
        this.algorithm = algorithm;
        this.type = type;
    }

    /**
     * What is said of a header.
     *
     * @param keyId whose key it is; empty if there is a fault
     */
    record Verdict(@Nullable TokenFault fault, String keyId) {
        /** Of what is no header. */
        static final Verdict MALFORMED = new Verdict(TokenFault.MALFORMED, "");
    }

    Verdict check(byte[] json) {
        @Nullable Map<String, String> members = members(json);
        @Nullable TokenFault fault = members == null ? TokenFault.MALFORMED : fault(members);
        return new Verdict(fault, fault == null && members != null ? members.getOrDefault("kid", "") : "");
    }

    private @Nullable TokenFault fault(Map<String, String> members) {
        if (!algorithm.equals(members.get("alg"))) {
            return TokenFault.WRONG_ALGORITHM;
        }
        if (!type.test(members.get("typ"))) {
            return TokenFault.WRONG_TYPE;
        }
        if (hasOne(members, CRITICAL)) {
            return TokenFault.CRITICAL_HEADER;
        }
        if (hasOne(members, KEYS)) {
            return TokenFault.KEY_IN_HEADER;
        }
        if (hasOne(members, WRAPPINGS)) {
            return TokenFault.UNSUPPORTED_HEADER;
        }
        return keyIdFault(members.getOrDefault("kid", ""));
    }

    /** An impossible one is not asked for. */
    private static @Nullable TokenFault keyIdFault(String keyId) {
        if (keyId.isEmpty()) {
            return TokenFault.NO_KEY_ID;
        }
        return keyId.length() > KeySet.LONGEST_ID ? TokenFault.UNKNOWN_KEY : null;
    }

    private static boolean hasOne(Map<String, String> members, List<String> names) {
        return names.stream().anyMatch(members::containsKey);
    }

    /** The members with their texts, empty for what is no string; null if it is not one strict JSON object. */
    private static @Nullable Map<String, String> members(byte[] json) {
        if (StrictJson.textProblem(json) != null) {
            return null;
        }
        try (JsonParser parser = JSON.parser(json)) {
            Map<String, String> members = parser.nextToken() == JsonToken.START_OBJECT ? object(parser) : null;
            return parser.nextToken() == null ? members : null;
        } catch (JacksonException broken) {
            return null;
        }
    }

    private static Map<String, String> object(JsonParser parser) {
        Map<String, String> members = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            members.put(name, parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : "");
            parser.skipChildren();
        }
        return members;
    }
}
