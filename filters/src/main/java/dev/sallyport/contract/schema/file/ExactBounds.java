package dev.sallyport.contract.schema.file;

import com.networknt.schema.InputFormat;
import com.networknt.schema.serialization.NodeReader;
import java.io.InputStream;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads schemas for the library so that it compares numbers exactly. Beside {@code "type": "integer"}, also in a list of
 * types, library 3.0.9 compares with a bound such as 1 in whole numbers: it takes 1.5 for 1, and fails on 1e30. With a
 * bound that is written 1.0, which means the same, it compares decimals.
 */
final class ExactBounds implements NodeReader {
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Set<String> BOUNDS = Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

    @Override
    public JsonNode readTree(String content, InputFormat format) {
        return exact(EXACT.readTree(content));
    }

    @Override
    public JsonNode readTree(InputStream content, InputFormat format) {
        return exact(EXACT.readTree(content));
    }

    /** Also changes what only looks like a bound, in a {@code const} say: 1 and 1.0 are equal there too. */
    private static JsonNode exact(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String bound : BOUNDS) {
                if (object.path(bound).isIntegralNumber()) {
                    object.put(bound, object.get(bound).decimalValue().setScale(1));
                }
            }
        }
        node.forEach(ExactBounds::exact);
        return node;
    }
}
