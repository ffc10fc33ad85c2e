package dev.sallyport.contract.file;

import dev.sallyport.json.Pointers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is laid over a schema: a JSON Merge Patch (RFC 7396) in a file beside where that schema would lie, such as
 * {@code reply.schema.patch.json}. Unlike there, a null that takes nothing out is a mistake: it was meant to.
 */
final class SchemaPatch {
    static final String PATCH = ".patch.json";
    private static final String JSON_FILE = ".json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final byte[] text;
    private final String shown;

    /**
     * A patch.
     *
     * @param shown how messages call its file
     */
    SchemaPatch(byte[] text, String shown) {
        this.text = text;
        this.shown = shown;
    }

    /** The file of the patch for a schema. */
    static String fileFor(String schema) {
        return schema.endsWith(JSON_FILE)
                ? schema.substring(0, schema.length() - JSON_FILE.length()) + PATCH
                : schema + PATCH;
    }

    /** The schema that a file is a patch for; null if it is none. */
    static @Nullable String targetOf(String file) {
        return file.endsWith(PATCH) ? file.substring(0, file.length() - PATCH.length()) + JSON_FILE : null;
    }

    /** The schema with this laid over it. */
    byte[] over(byte[] schema, String shownSchema) {
        JsonNode target = parsed(schema, shownSchema);
        JsonNode patch = parsed(text, shown);
        if (!patch.isObject()) {
            throw new PackProblem(shown, "#", "must be an object of what changes");
        }
        return JSON.writeValueAsBytes(merged(target, patch, ""));
    }

    private JsonNode merged(JsonNode target, JsonNode patch, String pointer) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode merged = target.isObject() ? (ObjectNode) target.deepCopy() : JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            String name = change.getKey();
            String below = pointer + "/" + Pointers.escaped(name);
            if (!change.getValue().isNull()) {
                merged.set(name, merged(merged.path(name), change.getValue(), below));
            } else if (merged.remove(name) == null) {
                throw new PackProblem(shown, "#" + below, "is null, and there is nothing that it could take out");
            }
        }
        return merged;
    }

    private static JsonNode parsed(byte[] json, String shown) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException broken) {
            var location = broken.getLocation();
            String place =
                    location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
            throw new PackProblem(shown, place, "is not JSON: " + JacksonWords.of(broken));
        }
    }
}
