package dev.sallyport.token.keys;

import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.json.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How keys of use were published, for those who verify with them elsewhere. Of a key, what verifying takes is shown, and of all else
 * texts and lists of texts that a contract names; beside the keys, texts, numbers and flags that it names. A member of a private
 * key is never among them, whatever a contract says. Immutable.
 */
final class PublishedKeys {
    static final PublishedKeys NONE = new PublishedKeys(Map.of(), List.of());

    private static final String KEYS = "keys";
    private static final int LONGEST_TEXT = 8192;
    private static final int MOST_TEXTS = 16;

    private final Map<String, JsonNode> beside;
    private final List<Shown> keys;

    /**
     * One key.
     *
     * @param bare what verifying takes
     * @param more other members that may be shown
     */
    private record Shown(Map<String, Object> bare, Map<String, JsonNode> more) {}

    private PublishedKeys(Map<String, JsonNode> beside, List<Shown> keys) {
        this.beside = beside;
        this.keys = List.copyOf(keys);
    }

    /**
     * Of a document that was read.
     *
     * @param used the keys of use, in their order
     * @param elements as each of them was published, by key id
     */
    static PublishedKeys of(JsonNode document, Map<String, VerificationKey> used, Map<String, PublishedKey> elements) {
        Map<String, JsonNode> beside = new LinkedHashMap<>();
        document.forEachEntry((name, value) -> {
            if (isShort(value) || value.isNumber() || value.isBoolean()) {
                beside.put(name, value);
            }
        });
        List<Shown> keys = new ArrayList<>();
        used.forEach((id, key) -> {
            @Nullable PublishedKey published = elements.get(id);
            keys.add(new Shown(key.shown().toJSONObject(), published == null ? Map.of() : published.showable()));
        });
        return new PublishedKeys(beside, keys);
    }

    /** Whether a value is a text, or a list of texts, that a document may repeat. */
    static boolean isShowable(JsonNode value) {
        return value.isArray()
                ? value.size() <= MOST_TEXTS && value.values().stream().allMatch(PublishedKeys::isShort)
                : isShort(value);
    }

    private static boolean isShort(JsonNode value) {
        return value.isString() && value.stringValue().length() <= LONGEST_TEXT;
    }

    /**
     * As a JWKS document.
     *
     * @param known the members that a contract knows of one
     */
    String json(KnownMembers known) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        @Nullable KnownMembers ofKeys = known.below(KEYS);
        KnownMembers ofKey = ofKeys == null ? KnownMembers.NOTHING : ofKeys.items();
        var array = document.putArray(KEYS);
        keys.forEach(key -> array.add(json(key, ofKey)));
        beside.forEach((name, value) -> {
            if (known.names().contains(name)) {
                document.set(name, value);
            }
        });
        return new String(Trees.write(document), StandardCharsets.UTF_8);
    }

    private static ObjectNode json(Shown key, KnownMembers known) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        key.bare().forEach((name, value) -> shown.put(name, String.valueOf(value)));
        key.more().forEach((name, value) -> {
            if (known.names().contains(name) && !shown.has(name)) {
                shown.set(name, value);
            }
        });
        return shown;
    }

    @Override
    public String toString() {
        return keys.size() + " keys";
    }
}
