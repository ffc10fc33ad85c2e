package dev.sallyport.contract;

import dev.sallyport.contract.SchemaFiles.Place;
import dev.sallyport.contract.SchemaNode.Member;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compiles the schema files of a pack. What the one-pass check does not cover goes to the library instead, as a whole
 * document, and is said so: see {@link #leftToLibrary}. Covered are the keywords below; {@code anyOf} and {@code oneOf} only
 * where no two alternatives take the same JSON type, because then the type alone decides.
 */
final class SchemaCompiler {
    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$comment",
            "$defs",
            "title",
            "description",
            "format",
            "examples",
            "default",
            "deprecated",
            "readOnly",
            "writeOnly",
            SchemaNode.KNOWN_VALUES);
    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "enum",
            "const",
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "items",
            "minItems",
            "maxItems",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum");

    private final SchemaFiles files;
    private final StrictJson json;
    private final Map<Place, SchemaNode> compiled = new HashMap<>();
    private final Set<Place> references = new HashSet<>();
    private final List<SchemaNode> nodes = new ArrayList<>();
    private final Map<String, String> leftToLibrary = new LinkedHashMap<>();

    SchemaCompiler(SchemaFiles files, StrictJson json) {
        this.files = files;
        this.json = json;
        this.nodes.add(SchemaNode.ANYTHING);
    }

    /** All nodes that were made, each at its number; more may follow as long as schemas are compiled. */
    List<SchemaNode> nodes() {
        return nodes;
    }

    private SchemaNode newNode(Place place) {
        var node = new SchemaNode(place.toString(), nodes.size());
        nodes.add(node);
        return node;
    }

    /** Internal: a keyword that the one-pass check does not cover. */
    private static final class NotCovered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotCovered(Place place, String keyword) {
            super(keyword + " at " + place, null, false, false);
        }
    }

    /** Compiles a schema file into a check that picks out the listed fields. */
    SchemaCheck compile(String file, FieldList fields) {
        files.file(file);
        Set<Place> known = Set.copyOf(compiled.keySet());
        try {
            return new OnePassCheck(node(new Place(file, "")), fields, json);
        } catch (NotCovered notCovered) {
            compiled.keySet().retainAll(known); // the rest may be half built, and would accept too much
            leftToLibrary.put(file, String.valueOf(notCovered.getMessage()));
            return new LibraryCheck(files.library(file), fields, json);
        }
    }

    /** Schema files that the library checks, each with the keyword that made it so. */
    Map<String, String> leftToLibrary() {
        return leftToLibrary;
    }

    private SchemaNode node(Place place) {
        SchemaNode known = compiled.get(place);
        return known != null ? known : build(place);
    }

    private SchemaNode build(Place place) {
        JsonNode schema = files.at(place);
        if (schema == null || !(schema.isObject() || schema.isBoolean())) {
            throw files.problem(place, "is no schema");
        }
        if (schema.isBoolean()) {
            return booleanSchema(place, schema.booleanValue());
        }
        if (schema.has("$ref")) {
            allowOnly(place, schema, "$ref");
            return referred(place, schema.get("$ref").asString());
        }
        SchemaNode node = newNode(place);
        compiled.put(place, node);
        String choice = schema.has("anyOf") ? "anyOf" : "oneOf";
        if (schema.has(choice)) {
            allowOnly(place, schema, choice);
            alternatives(node, place.below(choice), schema.get(choice));
        } else {
            keywords(node, place, schema);
        }
        return node;
    }

    private SchemaNode referred(Place place, String ref) {
        if (!references.add(place)) {
            throw files.problem(place.below("$ref"), "leads in a circle, to no schema: " + ref);
        }
        try {
            return node(files.resolve(place, ref));
        } finally {
            references.remove(place);
        }
    }

    private SchemaNode booleanSchema(Place place, boolean anything) {
        if (anything) {
            return SchemaNode.ANYTHING;
        }
        SchemaNode nothing = newNode(place);
        nothing.types = 0;
        nothing.typesKnown = true;
        return nothing;
    }

    private static void allowOnly(Place place, JsonNode schema, String keyword) {
        for (String name : schema.propertyNames()) {
            if (!name.equals(keyword) && !ANNOTATIONS.contains(name)) {
                throw new NotCovered(place, keyword + " beside " + name);
            }
        }
    }

    private void alternatives(SchemaNode node, Place place, JsonNode schemas) {
        Map<JsonType, SchemaNode> byType = new EnumMap<>(JsonType.class);
        int types = 0;
        for (int index = 0; index < schemas.size(); index++) {
            SchemaNode alternative = node(place.below(Integer.toString(index)));
            if (!alternative.typesKnown || (types & alternative.types) != 0) {
                throw new NotCovered(place, "alternatives of one type");
            }
            types |= alternative.types;
            for (JsonType type : JsonType.values()) {
                if (alternative.allows(type)) {
                    byType.put(type, alternative);
                }
            }
        }
        node.types = types;
        node.typesKnown = true;
        node.alternatives = byType;
    }

    private void keywords(SchemaNode node, Place place, JsonNode schema) {
        for (String name : schema.propertyNames()) {
            if (!KEYWORDS.contains(name) && !ANNOTATIONS.contains(name)) {
                throw new NotCovered(place, name);
            }
        }
        node.types = types(schema.get("type"));
        node.typesKnown = true;
        node.allowed = allowed(place, schema);
        node.knownValues = knownValues(place, schema.get(SchemaNode.KNOWN_VALUES));
        bounds(node, schema);
        members(node, place, schema);
        node.items = schema.has("items") ? node(place.below("items")) : null;
    }

    private static int types(@Nullable JsonNode type) {
        if (type == null) {
            return SchemaNode.ANY_TYPE;
        }
        if (type.isString()) {
            return type.asString().equals("number")
                    ? SchemaNode.NUMBER
                    : JsonType.valueOf(type.asString().toUpperCase(java.util.Locale.ROOT)).bit;
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

    private static long number(JsonNode schema, String keyword, long otherwise) {
        return schema.has(keyword) ? schema.get(keyword).decimalValue().longValue() : otherwise;
    }

    private static @Nullable BigDecimal decimal(JsonNode schema, String keyword) {
        return schema.has(keyword) ? schema.get(keyword).decimalValue() : null;
    }

    private void members(SchemaNode node, Place place, JsonNode schema) {
        List<String> required = new ArrayList<>();
        if (schema.has("required")) {
            schema.get("required").forEach(name -> required.add(name.asString()));
        }
        if (required.size() > Long.SIZE) {
            throw new NotCovered(place, "more than " + Long.SIZE + " required members");
        }
        node.required = List.copyOf(required);
        node.additional = schema.has("additionalProperties")
                ? additional(place, schema.get("additionalProperties"))
                : SchemaNode.ANYTHING;
        Map<String, Member> members = new HashMap<>();
        if (schema.has("properties")) {
            for (String name : schema.get("properties").propertyNames()) {
                SchemaNode below = node(place.below("properties").below(name));
                members.put(name, new Member(below, bit(required, name), nextBit(members)));
            }
        }
        for (String name : required) {
            SchemaNode unnamed = node.additional == null ? SchemaNode.ANYTHING : node.additional;
            members.computeIfAbsent(name, ignored -> new Member(unnamed, bit(required, name), 0));
        }
        node.members = Map.copyOf(members);
    }

    private @Nullable SchemaNode additional(Place place, JsonNode schema) {
        boolean closed = schema.isBoolean() && !schema.booleanValue();
        return closed ? null : node(place.below("additionalProperties"));
    }

    private static long nextBit(Map<String, Member> members) {
        return members.size() < Long.SIZE - 1 ? 1L << members.size() : 0; // the last is SchemaNode.CAME
    }

    private static long bit(List<String> required, String name) {
        int index = required.indexOf(name);
        return index < 0 ? 0 : 1L << index;
    }
}
