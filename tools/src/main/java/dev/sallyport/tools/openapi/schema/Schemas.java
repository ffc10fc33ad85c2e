package dev.sallyport.tools.openapi.schema;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Small pieces of JSON Schema 2020-12, and what can be said of them. */
public final class Schemas {
    public static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    public static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final Set<String> ANNOTATIONS = Set.of(
            "$comment",
            "title",
            "description",
            "format",
            "default",
            "examples",
            "deprecated",
            "contentEncoding",
            "contentMediaType");
    private static final Set<String> ABOUT_WHOLE =
            Set.of("$ref", "allOf", "anyOf", "oneOf", "not", "if", "const", "unevaluatedProperties");
    private static final String NULL = "null";

    private Schemas() {}

    /** Accepts anything. */
    static JsonNode anything() {
        return NODES.booleanNode(true);
    }

    public static ObjectNode ofType(String type) {
        return NODES.objectNode().put("type", type);
    }

    /** Whether a keyword refuses nothing. */
    public static boolean isAnnotation(String keyword) {
        return ANNOTATIONS.contains(keyword);
    }

    /** The same schema, which takes null as well. */
    static JsonNode orNull(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)
                || object.propertyNames().stream().allMatch(Schemas::isAnnotation)) {
            return schema;
        }
        boolean simple = ABOUT_WHOLE.stream().noneMatch(object::has);
        if (simple && (object.has("type") || object.has("enum"))) {
            return typedOrNull(object);
        }
        return simple ? object : choiceOrNull(object);
    }

    private static ObjectNode typedOrNull(ObjectNode schema) {
        ObjectNode out = schema.deepCopy();
        if (schema.has("type")) {
            out.set("type", with(listed(schema.get("type")), NODES.stringNode(NULL)));
        }
        if (schema.has("enum")) {
            out.set("enum", with(listed(schema.get("enum")), NODES.nullNode()));
        }
        return out;
    }

    /** {@code anyOf}, not {@code oneOf}: the schema may take null already. */
    private static ObjectNode choiceOrNull(ObjectNode schema) {
        ObjectNode out = NODES.objectNode();
        ObjectNode rest = NODES.objectNode();
        schema.properties()
                .forEach(each -> (isAnnotation(each.getKey()) ? out : rest).set(each.getKey(), each.getValue()));
        boolean isChoice = rest.size() == 1 && rest.has("anyOf");
        ArrayNode choice =
                isChoice ? listed(rest.get("anyOf")) : NODES.arrayNode().add(rest);
        return out.set("anyOf", with(choice, ofType(NULL)));
    }

    /** A copy, as a list. */
    private static ArrayNode listed(JsonNode value) {
        return value.isArray()
                ? (ArrayNode) value.deepCopy()
                : NODES.arrayNode().add(value);
    }

    private static ArrayNode with(ArrayNode list, JsonNode one) {
        for (JsonNode each : list) {
            if (each.equals(one)) {
                return list;
            }
        }
        return list.add(one);
    }
}
