package dev.sallyport.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes JSON as trees. The mappers of the call path: Jackson makes the reader and writer of a type when it first needs
 * them, under a lock, for which an event loop must not wait; here they are made before the first call. Checks nothing:
 * {@link StrictJson} does. Thread-safe.
 */
public final class Trees {
    private static final JsonMapper APPROXIMATE = new JsonMapper();
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static {
        approximate(write(read(write(Map.of("text", "", "number", 0, "flag", true)))));
    }

    private Trees() {}

    /**
     * The whole of a text as a tree, with fractions as they are written.
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON
     */
    public static JsonNode read(byte[] json) {
        return EXACT.readTree(json);
    }

    /**
     * The same where no number matters: fractions as the nearest double, so that none is out of bounds.
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON
     */
    public static JsonNode approximate(byte[] json) {
        return APPROXIMATE.readTree(json);
    }

    /** The value that a parser comes to; null if there is none. */
    static @Nullable JsonNode read(JsonParser parser) {
        return EXACT.readTree(parser);
    }

    /** A tree, or a map of plain values. */
    public static byte[] write(Object value) {
        return EXACT.writeValueAsBytes(value);
    }
}
