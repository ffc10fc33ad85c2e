package dev.sallyport.tools.openapi;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.tools.openapi.document.JsonCursor;
import dev.sallyport.tools.openapi.document.Notes;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import dev.sallyport.tools.openapi.schema.SchemaConversion;
import dev.sallyport.tools.openapi.schema.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The query of an operation without a body, as a schema of an object of texts. What a number or a flag looks like as a text
 * is said as far as a text can say it.
 */
final class QueryParameters {
    private static final Map<String, String> PATTERNS =
            Map.of("integer", "^-?[0-9]+$", "number", "^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$");
    private static final Set<String> OF_TEXTS =
            Set.of("type", "enum", "const", "minLength", "maxLength", "pattern", "$ref", "allOf", "anyOf", "oneOf");

    private final OpenApiDocument document;
    private final Notes notes;
    private final SchemaConversion conversion;

    QueryParameters(OpenApiDocument document, Notes notes, SchemaConversion conversion) {
        this.document = document;
        this.notes = notes;
        this.conversion = conversion;
    }

    /** The parameters of an operation: those of its path, each replaced by its own of the same name and place. */
    List<JsonCursor> of(JsonCursor item, JsonCursor operation) {
        Map<String, JsonCursor> parameters = new LinkedHashMap<>();
        for (JsonCursor holder : List.of(item, operation)) {
            for (JsonCursor parameter : holder.below("parameters").children()) {
                document.followed(parameter)
                        .ifPresentOrElse(
                                there -> parameters.put(there.text("in") + " " + there.text("name"), there),
                                () -> notes.leftOut(parameter, "leads out of this document"));
            }
        }
        return List.copyOf(parameters.values());
    }

    /** The schema of a query; null if there is none. */
    @Nullable
    JsonNode schema(List<JsonCursor> parameters) {
        List<JsonCursor> query = parameters.stream()
                .filter(each -> each.text("in").equals("query"))
                .toList();
        if (query.isEmpty()) {
            return null;
        }
        ObjectNode schema = Schemas.ofType("object");
        List<JsonCursor> required =
                query.stream().filter(parameter -> parameter.says("required")).toList();
        if (!required.isEmpty()) {
            required.forEach(parameter -> schema.withArrayProperty("required").add(parameter.text("name")));
        }
        ObjectNode members = schema.putObject("properties");
        query.forEach(parameter -> members.set(parameter.text("name"), value(parameter)));
        return schema;
    }

    private JsonNode value(JsonCursor parameter) {
        JsonCursor schema = parameter.below("schema");
        if (!schema.isThere()) {
            notes.leftOut(parameter, "has no schema; any text passes");
            return Schemas.ofType("string");
        }
        @Nullable JsonCursor there = document.followed(schema).orElse(null);
        String type = there == null ? "" : type(there);
        return switch (type) {
            case "string" -> conversion.schema(schema);
            case "boolean" -> flags();
            case "integer", "number" -> numbers(there == null ? schema : there, type);
            case "" -> untyped(schema);
            default -> {
                notes.leftOut(parameter, "is an " + type + "; any text passes, and one that is given twice is refused");
                yield Schemas.ofType("string");
            }
        };
    }

    /** Its one type, null aside. */
    private static String type(JsonCursor schema) {
        JsonNode type = schema.node().path("type");
        if (type.isString()) {
            return type.asString();
        }
        return type.valueStream()
                .map(one -> one.asString(""))
                .filter(one -> !one.equals("null"))
                .findFirst()
                .orElse("");
    }

    /** Without a type only texts are meant that the enum lists, or anything. */
    private JsonNode untyped(JsonCursor schema) {
        if (schema.node().path("enum").isArray()) {
            return texts(schema.node().get("enum"), Schemas.ofType("string"));
        }
        notes.leftOut(schema, "has no single type; any text passes");
        return Schemas.ofType("string");
    }

    private static ObjectNode flags() {
        ObjectNode schema = Schemas.ofType("string");
        schema.putArray("enum").add("true").add("false");
        return schema;
    }

    private ObjectNode numbers(JsonCursor schema, String type) {
        ObjectNode out = Schemas.ofType("string");
        if (schema.node().path("enum").isArray()) {
            return texts(schema.node().get("enum"), out);
        }
        schema.children().stream()
                .filter(keyword -> !OF_TEXTS.contains(keyword.name()) && !isSilent(keyword.name()))
                .forEach(keyword -> notes.leftOut(keyword, "is about a number, and a query holds texts"));
        return out.put("pattern", PATTERNS.getOrDefault(type, ""));
    }

    private static boolean isSilent(String keyword) {
        return Schemas.isAnnotation(keyword) || keyword.equals("example") || keyword.startsWith("x-");
    }

    private static ObjectNode texts(JsonNode values, ObjectNode out) {
        values.forEach(value -> out.withArrayProperty("enum").add(value.asString("")));
        return out;
    }

    /** One example of the whole query, if every required parameter has one. */
    void candidate(Operation operation, List<JsonCursor> parameters, JsonCursor holder, Candidates candidates) {
        ObjectNode query = Schemas.NODES.objectNode();
        for (JsonCursor parameter : parameters) {
            Optional<JsonNode> example = parameter.text("in").equals("query") ? example(parameter) : Optional.empty();
            example.ifPresent(value -> query.put(parameter.text("name"), value.asString("")));
            if (example.isEmpty() && parameter.text("in").equals("query") && parameter.says("required")) {
                return;
            }
        }
        if (!query.isEmpty()) {
            candidates.add(operation, Direction.REQUEST, holder.below("parameters"), query, "");
        }
    }

    private Optional<JsonNode> example(JsonCursor parameter) {
        Optional<JsonCursor> schema = document.followed(parameter.below("schema"));
        return Optional.of(parameter.node().path("example"))
                .filter(JsonNode::isValueNode)
                .or(() -> schema.map(there -> there.node().path("example")).filter(JsonNode::isValueNode));
    }
}
