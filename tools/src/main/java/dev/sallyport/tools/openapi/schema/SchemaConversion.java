package dev.sallyport.tools.openapi.schema;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.schema.pattern.LinearPattern;
import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.JsonCursor;
import dev.sallyport.tools.openapi.document.Notes;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import dev.sallyport.tools.openapi.document.Source;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A schema of the document as JSON Schema 2020-12, for one direction and one folder of the pack. */
public final class SchemaConversion {
    private static final Set<String> ONE_SCHEMA = Set.of("not", "items", "additionalProperties");
    private static final Set<String> ONE_SCHEMA_31 =
            Set.of("if", "then", "else", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties");
    private static final Set<String> SCHEMAS_BY_NAME_31 = Set.of("patternProperties", "dependentSchemas");
    private static final Set<String> LISTS_OF_SCHEMAS = Set.of("allOf", "anyOf", "oneOf");
    private static final Set<String> ABOUT_THE_SAME = Set.of("allOf", "anyOf", "oneOf", "if", "then", "else");
    private static final Set<String> READ_ELSEWHERE = Set.of(
            "$ref",
            "nullable",
            "discriminator",
            "readOnly",
            "writeOnly",
            "xml",
            "externalDocs",
            "$defs",
            "definitions",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "example",
            "examples",
            "properties",
            "required");

    private final OpenApiDocument document;
    private final Definitions definitions;
    private final Directions directions;
    private final Notes notes;
    private final Direction direction;
    private final String toDefinitions;
    private final ImportOptions options;
    private final PlainKeywords plain;

    /**
     * A conversion.
     *
     * @param toDefinitions the way from the file to the folder of definitions, empty or ending in a slash
     */
    public SchemaConversion(
            Source source, Definitions definitions, Directions directions, Direction direction, String toDefinitions) {
        this.document = source.document();
        this.definitions = definitions;
        this.directions = directions;
        this.notes = source.notes();
        this.direction = direction;
        this.toDefinitions = toDefinitions;
        this.options = source.options();
        this.plain = new PlainKeywords(source);
    }

    /**
     * What the schemas around one say about the same object.
     *
     * @param foreign members that do not belong to this direction
     * @param required members that must be there
     */
    private record Around(Set<String> foreign, Set<String> required) {
        static final Around NOTHING = new Around(Set.of(), Set.of());
    }

    public JsonNode schema(JsonCursor cursor) {
        return schema(cursor, Around.NOTHING);
    }

    private JsonNode schema(JsonCursor cursor, Around around) {
        if (cursor.node().isBoolean() && document.is31()) {
            return cursor.node();
        }
        if (!cursor.node().isObject()) {
            notes.leftOut(cursor, "is no schema; anything passes");
            return Schemas.anything();
        }
        return OpenApiDocument.isReference(cursor) ? reference(cursor, around) : object(cursor, around);
    }

    private JsonNode reference(JsonCursor cursor, Around around) {
        Optional<JsonCursor> target = document.followed(cursor);
        if (target.isEmpty()) {
            notes.leftOut(
                    cursor.below("$ref"),
                    "leads out of this document, or to a schema by its id; anything passes. Bundle the document first");
            return Schemas.anything();
        }
        String file = toDefinitions + definitions.file(target.get(), direction);
        if (document.is31()) {
            ObjectNode out = object(cursor, around);
            out.put("$ref", file);
            return out;
        }
        cursor.children().stream()
                .filter(sibling -> !sibling.name().equals("$ref") && !isSilent(sibling.name()))
                .forEach(sibling -> notes.leftOut(sibling, "stands beside a $ref, where OpenAPI 3.0 does not read it"));
        ObjectNode out = Schemas.NODES.objectNode();
        return out.put("$ref", file);
    }

    private static boolean isSilent(String keyword) {
        return Schemas.isAnnotation(keyword) || keyword.startsWith("x-") || keyword.equals("example");
    }

    private ObjectNode object(JsonCursor cursor, Around around) {
        ObjectNode out = Schemas.NODES.objectNode();
        Around inside = inside(cursor, around);
        cursor.children().forEach(keyword -> convert(keyword, out, inside));
        members(cursor, inside, out);
        plain.examples(cursor, out);
        plain.exclusive(cursor, out);
        new Discriminator(document, notes).apply(cursor, out);
        simplify(out);
        return plain.orNull(cursor, out);
    }

    private Around inside(JsonCursor cursor, Around around) {
        Set<String> foreign = new TreeSet<>(around.foreign());
        foreign.addAll(directions.foreignMembers(cursor, direction));
        Set<String> required = new TreeSet<>(around.required());
        cursor.below("required").node().forEach(name -> required.add(name.asString("")));
        return new Around(foreign, required);
    }

    private void convert(JsonCursor keyword, ObjectNode out, Around inside) {
        String name = keyword.name();
        if (READ_ELSEWHERE.contains(name) && !isPlainBound(name)) {
            return;
        }
        if (ONE_SCHEMA.contains(name) || (document.is31() && ONE_SCHEMA_31.contains(name))) {
            oneSchema(keyword, out, ABOUT_THE_SAME.contains(name) ? inside : Around.NOTHING);
        } else if (LISTS_OF_SCHEMAS.contains(name) || (document.is31() && name.equals("prefixItems"))) {
            list(keyword, out, ABOUT_THE_SAME.contains(name) ? inside : Around.NOTHING);
        } else if (document.is31() && SCHEMAS_BY_NAME_31.contains(name)) {
            byName(keyword, out);
        } else {
            plain.take(keyword, out);
        }
    }

    private boolean isPlainBound(String keyword) {
        return document.is31() && keyword.startsWith("exclusive");
    }

    private void oneSchema(JsonCursor keyword, ObjectNode out, Around inside) {
        boolean flag = keyword.node().isBoolean() && keyword.name().equals("additionalProperties");
        if (!flag && keyword.node().isArray()) {
            notes.leftOut(keyword, "must be one schema");
            return;
        }
        out.set(keyword.name(), flag ? keyword.node() : schema(keyword, inside));
    }

    private void list(JsonCursor keyword, ObjectNode out, Around inside) {
        if (!keyword.node().isArray() || keyword.node().isEmpty()) {
            notes.leftOut(keyword, "must be a list of schemas that is not empty");
            return;
        }
        ArrayNode schemas = Schemas.NODES.arrayNode();
        keyword.children().forEach(each -> schemas.add(schema(each, inside)));
        out.set(keyword.name(), schemas);
    }

    private void byName(JsonCursor keyword, ObjectNode out) {
        ObjectNode schemas = Schemas.NODES.objectNode();
        for (JsonCursor each : keyword.children()) {
            if (keyword.name().equals("patternProperties") && !LinearPattern.isTaken(each.name())) {
                notes.leftOut(
                        each, "has no regular expression that matches in linear time; its members count as additional");
            } else {
                schemas.set(each.name(), schema(each));
            }
        }
        out.set(keyword.name(), schemas);
    }

    /** Members that belong to this direction, and which of them must be there. */
    private void members(JsonCursor cursor, Around inside, ObjectNode out) {
        if (cursor.has("properties")) {
            ObjectNode members = out.putObject("properties");
            for (JsonCursor member : cursor.below("properties").children()) {
                if (!directions.isForeign(member, direction)) {
                    members.set(member.name(), member(member, inside.required()));
                }
            }
        }
        JsonCursor required = cursor.below("required");
        if (required.isThere()) {
            required(required, inside.foreign(), out);
        }
    }

    private JsonNode member(JsonCursor member, Set<String> required) {
        JsonNode schema = schema(member);
        return options.nullForAbsent() && !required.contains(member.name()) ? Schemas.orNull(schema) : schema;
    }

    private void required(JsonCursor required, Set<String> foreign, ObjectNode out) {
        if (!required.node().isArray()) {
            notes.leftOut(required, "must be a list of names");
            return;
        }
        Set<String> seen = new HashSet<>(foreign);
        ArrayNode names = Schemas.NODES.arrayNode();
        for (JsonNode name : required.node()) {
            if (name.isString() && seen.add(name.asString())) {
                names.add(name);
            }
        }
        if (!names.isEmpty()) {
            out.set("required", names);
        }
    }

    /** One part alone, with nothing beside it but notes, is that part. */
    private static void simplify(ObjectNode out) {
        boolean alone = out.path("allOf").size() == 1
                && out.propertyNames().stream().allMatch(name -> name.equals("allOf") || Schemas.isAnnotation(name));
        if (alone && out.get("allOf").get(0) instanceof ObjectNode part) {
            out.remove("allOf");
            part.properties().forEach(each -> out.putIfAbsent(each.getKey(), each.getValue()));
        }
    }
}
