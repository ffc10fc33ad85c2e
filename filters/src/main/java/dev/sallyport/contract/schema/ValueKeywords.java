package dev.sallyport.contract.schema;

import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.contract.schema.file.SchemaFiles.Place;
import dev.sallyport.json.JsonType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compiles the keywords that speak of a value itself, its type, size or text: those that lead to no other schema. */
final class ValueKeywords {
    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

    static final String FORMAT = "format";

    private final SchemaFiles files;

    ValueKeywords(SchemaFiles files) {
        this.files = files;
    }

    void into(SchemaNode node, Place place, JsonNode schema) {
        node.types = types(schema.get("type"));
        node.typesKnown = true;
        node.allowed = allowed(place, schema);
        node.knownValues = knownValues(place, schema.get(SchemaNode.KNOWN_VALUES));
        node.dateTime = isDateTime(FORMAT, schema.get(FORMAT));
        bounds(node, schema);
    }

    /** Whether this is the one format that is asserted. */
    static boolean isDateTime(String keyword, @Nullable JsonNode value) {
        return keyword.equals(FORMAT) && value != null && value.asString("").equals(SchemaFiles.DATE_TIME);
    }

    private static int types(@Nullable JsonNode type) {
        if (type == null) {
            return SchemaNode.ANY_TYPE;
        }
        if (type.isString()) {
            return type.asString().equals("number")
                    ? SchemaNode.NUMBER
                    : JsonType.valueOf(type.asString().toUpperCase(Locale.ROOT)).bit;
        }
        int types = 0;
        for (JsonNode one : type) {
            types |= types(one);
        }
        return types;
    }

    private static @Nullable Set<Object> allowed(Place place, JsonNode schema) {
        List<JsonNode> values = new ArrayList<>();
        if (schema.has("enum")) {
            schema.get("enum").forEach(values::add);
        }
        if (schema.has("const")) {
            if (schema.has("enum")) {
                throw new NotCovered(place, "const beside enum");
            }
            values.add(schema.get("const"));
        }
        if (!schema.has("enum") && !schema.has("const")) {
            return null;
        }
        Set<Object> allowed = new HashSet<>();
        values.forEach(value -> allowed.add(scalar(place, value)));
        return allowed;
    }

    private @Nullable Set<String> knownValues(Place place, @Nullable JsonNode values) {
        if (values == null) {
            return null;
        }
        if (!values.isArray()) {
            throw files.problem(place.below(SchemaNode.KNOWN_VALUES), "is no list of texts");
        }
        Set<String> known = new HashSet<>();
        values.forEach(value -> known.add(value.asString()));
        return known;
    }

    private static Object scalar(Place place, JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.asString();
            case NUMBER -> value.decimalValue().stripTrailingZeros();
            case BOOLEAN -> value.booleanValue();
            case NULL -> JsonType.NULL;
            default -> throw new NotCovered(place, "enum of objects or arrays");
        };
    }

    private static void bounds(SchemaNode node, JsonNode schema) {
        node.minLength = number(schema, "minLength", 0);
        node.maxLength = number(schema, "maxLength", Long.MAX_VALUE);
        node.minItems = number(schema, "minItems", 0);
        node.maxItems = number(schema, "maxItems", Long.MAX_VALUE);
        node.minProperties = number(schema, "minProperties", 0);
        node.maxProperties = number(schema, "maxProperties", Long.MAX_VALUE);
        node.minimum = decimal(schema, "minimum");
        node.maximum = decimal(schema, "maximum");
        node.exclusiveMinimum = decimal(schema, "exclusiveMinimum");
        node.exclusiveMaximum = decimal(schema, "exclusiveMaximum");
    }

    /** One beyond a long is as good as the greatest long: nothing is so long. */
    private static long number(JsonNode schema, String keyword, long otherwise) {
        return schema.has(keyword)
                ? schema.get(keyword).decimalValue().min(GREATEST).longValue()
                : otherwise;
    }

    private static @Nullable BigDecimal decimal(JsonNode schema, String keyword) {
        return schema.has(keyword) ? schema.get(keyword).decimalValue() : null;
    }
}
