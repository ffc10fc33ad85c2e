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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The query of an operation without a body, as a schema of an object with a member for each parameter. A list whose items are
 * parameters of their own is a list; one that is written as one text is that text.
 */
final class QueryParameters {
    private static final Map<String, String> PATTERNS = Map.of(
            "integer",
            "-?(?:0|[1-9][0-9]*)",
            "number",
            "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?",
            "boolean",
            "(?:true|false)");
    private static final Map<String, String> SEPARATORS =
            Map.of("form", ",", "spaceDelimited", " ", "pipeDelimited", "[|]");
    private static final Set<String> SAID_BY_PATTERN = Set.of("type", "items", "minItems", "maxItems");
    private static final int MOST_ITEMS = 100;

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
            case "string", "boolean", "integer", "number" -> conversion.schema(schema);
            case "array" -> list(parameter, schema, there == null ? schema : there);
            case "" -> untyped(schema);
            default -> {
                notes.leftOut(parameter, "is an " + type + "; any text passes, and one that is given twice is refused");
                yield Schemas.ofType("string");
            }
        };
    }

    /** Each item is a parameter of its own, or all of them are one text (OpenAPI 3.1, 4.8.12, style and explode). */
    private JsonNode list(JsonCursor parameter, JsonCursor schema, JsonCursor there) {
        String style = parameter.has("style") ? parameter.text("style") : "form";
        boolean apart = style.equals("form") && !(parameter.has("explode") && !parameter.says("explode"));
        Optional<JsonCursor> items = document.followed(there.below("items"));
        String type = items.map(QueryParameters::type).orElse("");
        if (type.equals("object") || type.equals("array") || !SEPARATORS.containsKey(style)) {
            notes.leftOut(parameter, "is a list that a query has no one way to write; any text passes");
            return Schemas.ofType("string");
        }
        return apart ? conversion.schema(schema) : joined(there, items, type, SEPARATORS.getOrDefault(style, ","));
    }

    /** A text of items, as far as a regular expression can say it. */
    private ObjectNode joined(JsonCursor list, Optional<JsonCursor> items, String type, String separator) {
        list.children().stream()
                .filter(keyword -> !SAID_BY_PATTERN.contains(keyword.name()) && !isSilent(keyword.name()))
                .forEach(keyword -> notes.leftOut(keyword, "is about a list that stands in one text"));
        String item = items.map(this::item).orElse("");
        if (item.isEmpty()) {
            item = PATTERNS.getOrDefault(type, separator.equals("[|]") ? "[^|]*" : "[^" + separator + "]*");
        }
        long least = Math.max(1, list.node().path("minItems").asLong(1));
        long most = list.node().path("maxItems").asLong(MOST_ITEMS + 1);
        boolean bounded = most <= MOST_ITEMS && least <= most;
        String count = bounded
                ? "{" + (least - 1) + "," + (most - 1) + "}"
                : least > 1 && least <= MOST_ITEMS ? "{" + (least - 1) + ",}" : "*";
        return Schemas.ofType("string").put("pattern", "^" + item + "(?:" + separator + item + ")" + count + "$");
    }

    /** One of its values, if it lists them; empty if a type is all that is carried over. */
    private String item(JsonCursor schema) {
        if (schema.node().path("enum").isArray()) {
            return schema.node()
                    .get("enum")
                    .valueStream()
                    .map(value -> value.asString("").replaceAll("([^A-Za-z0-9_-])", "\\\\$1"))
                    .collect(Collectors.joining("|", "(?:", ")"));
        }
        schema.children().stream()
                .filter(keyword -> !keyword.name().equals("type") && !isSilent(keyword.name()))
                .forEach(keyword -> notes.leftOut(keyword, "is about an item of a list that stands in one text"));
        return "";
    }

    /** Its one type, null aside; empty if it has none, or several. */
    private static String type(JsonCursor schema) {
        JsonNode type = schema.node().path("type");
        if (type.isString()) {
            return type.asString();
        }
        List<String> types = type.valueStream()
                .map(one -> one.asString(""))
                .filter(one -> !one.equals("null"))
                .toList();
        return types.size() == 1 ? types.get(0) : "";
    }

    /** Without a type only texts are meant that the enum lists, or anything. */
    private JsonNode untyped(JsonCursor schema) {
        if (schema.node().path("enum").isArray()) {
            return texts(schema.node().get("enum"), Schemas.ofType("string"));
        }
        notes.leftOut(schema, "has no single type; any text passes");
        return Schemas.ofType("string");
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
            example.ifPresent(value -> query.set(parameter.text("name"), texts(value)));
            if (example.isEmpty() && parameter.text("in").equals("query") && parameter.says("required")) {
                return;
            }
        }
        if (!query.isEmpty()) {
            candidates.add(operation, Direction.REQUEST, holder.below("parameters"), query, "");
        }
    }

    /** As an example has it: a text, or a list of texts. */
    private static JsonNode texts(JsonNode value) {
        if (!value.isArray()) {
            return Schemas.NODES.stringNode(value.asString(""));
        }
        ArrayNode texts = Schemas.NODES.arrayNode();
        value.forEach(item -> texts.add(item.asString("")));
        return texts;
    }

    private Optional<JsonNode> example(JsonCursor parameter) {
        Optional<JsonCursor> schema = document.followed(parameter.below("schema"));
        return Optional.of(parameter.node().path("example"))
                .filter(QueryParameters::isWritable)
                .or(() -> schema.map(there -> there.node().path("example")).filter(QueryParameters::isWritable));
    }

    private static boolean isWritable(JsonNode value) {
        return value.isValueNode() || (value.isArray() && value.valueStream().allMatch(JsonNode::isValueNode));
    }
}
