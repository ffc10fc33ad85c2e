package dev.sallyport.capture;

import dev.sallyport.capture.Mask.Kind;
import dev.sallyport.contract.schema.file.KnownMembers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The masked forms of one call's documents. A value is written as it is only if the contract knows its member and expects a
 * value of its type there, the pack calls that member plain, and it looks harmless; a name only if the contract knows it there. A text that is masked in one place is
 * masked in all, and has one number, so that what was equal stays equal. First {@link #learn} every document, then ask for
 * them. For one call and one thread.
 */
final class Masking {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = new JsonMapper();

    private final Set<String> plain;
    private final Map<String, Integer> secrets = new LinkedHashMap<>();

    /** @param plain names of members whose values may be written as they are */
    Masking(Set<String> plain) {
        this.plain = plain;
    }

    /** Finds the texts of a document that have to be masked, wherever they stand. */
    void learn(JsonNode document, KnownMembers members) {
        learn(document, members, false);
    }

    /** A text that has to be masked, wherever it stands. */
    void learn(String secret) {
        if (!secret.isEmpty()) {
            secrets.putIfAbsent(secret, secrets.size() + 1);
        }
    }

    /** A text outside the documents, masked. */
    String masked(String text) {
        return text(text).toString();
    }

    boolean isSecret(String text) {
        return secrets.containsKey(text);
    }

    /** The document as it may be written. */
    JsonNode masked(JsonNode document, KnownMembers members) {
        return masked(document, members, false);
    }

    private void learn(JsonNode node, @Nullable KnownMembers known, boolean plainly) {
        if (node.isString()) {
            if (!plainly || known == null || !known.expectsText() || !HarmlessText.is(node.asString())) {
                learn(node.asString());
            }
        } else if (node.isObject()) {
            node.forEachEntry((name, value) -> {
                @Nullable KnownMembers below = known == null ? null : known.below(name);
                if (below == null) {
                    learn(name);
                }
                learn(value, below, below != null && plain.contains(name));
            });
        } else {
            @Nullable KnownMembers items = known == null ? null : known.items();
            node.forEach(item -> learn(item, items, plainly));
        }
    }

    private JsonNode masked(JsonNode node, KnownMembers known, boolean plainly) {
        return switch (node.getNodeType()) {
            case OBJECT -> known.isFreeForm() ? container(Kind.OBJECT, node) : members(node, known);
            case ARRAY -> known.isFreeForm() ? container(Kind.ARRAY, node) : items(node, known, plainly);
            case STRING -> NODES.stringNode(string(node.asString(), plainly && known.expectsText()));
            case NUMBER -> plainly && known.expectsNumber() ? node : mask(isWhole(node) ? Kind.INTEGER : Kind.FRACTION);
            case BOOLEAN -> plainly && known.expectsBoolean() ? node : mask(Kind.BOOLEAN);
            default -> NODES.nullNode();
        };
    }

    private JsonNode members(JsonNode node, KnownMembers known) {
        ObjectNode masked = NODES.objectNode();
        node.forEachEntry((name, value) -> {
            @Nullable KnownMembers below = known.below(name);
            if (below == null) {
                masked.set(name(name), masked(value, KnownMembers.NOTHING, false));
            } else {
                masked.set(name, masked(value, below, plain.contains(name)));
            }
        });
        return masked;
    }

    private JsonNode items(JsonNode node, KnownMembers known, boolean plainly) {
        var masked = NODES.arrayNode();
        node.forEach(item -> masked.add(masked(item, known.items(), plainly)));
        return masked;
    }

    private static JsonNode container(Kind kind, JsonNode node) {
        return NODES.stringNode(new Mask(kind, compactLength(node), node.size(), 0).toString());
    }

    /** A number with an exponent may have been written with up to two characters less; too little refuses no call. */
    private static int compactLength(JsonNode node) {
        String compact = JSON.writeValueAsString(node);
        int exponents = compact.split("[0-9]E[+-]", -1).length - 1;
        return Math.max(2, compact.getBytes(StandardCharsets.UTF_8).length - 2 * exponents);
    }

    private static JsonNode mask(Kind kind) {
        return NODES.stringNode(Mask.of(kind).toString());
    }

    private String string(String text, boolean plainly) {
        return plainly && !isSecret(text) && HarmlessText.is(text)
                ? text
                : text(text).toString();
    }

    private Mask text(String text) {
        Kind kind = HarmlessText.isJwt(text) ? Kind.JWT : Kind.STRING;
        return Mask.text(kind, text, secrets.getOrDefault(text, 0));
    }

    private String name(String name) {
        return Mask.text(Kind.NAME, name, secrets.getOrDefault(name, 0)).toString();
    }

    private static boolean isWhole(JsonNode number) {
        var value = number.decimalValue();
        return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
    }
}
