package dev.sallyport.contract.schema;

import dev.sallyport.contract.file.PackProblem;
import dev.sallyport.contract.file.PackProblems;
import dev.sallyport.contract.schema.SchemaNode.Member;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.contract.schema.file.SchemaFiles.Place;
import dev.sallyport.json.JsonType;
import dev.sallyport.json.StrictJson;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compiles the schema files of a pack. What the one-pass check does not cover goes to the library instead, as a whole
 * document, and is said so: see {@link #leftToLibrary}. Covered are the keywords below; {@code anyOf} and {@code oneOf} only
 * where no two alternatives take the same JSON type, because then the type alone decides.
 */
public final class SchemaCompiler {
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
    private final ValueKeywords values;
    private final NarrowedReference narrowing;
    private final Map<Place, SchemaNode> compiled = new HashMap<>();
    private final Set<Place> references = new HashSet<>();
    private PackProblems found = new PackProblems();
    private final List<SchemaNode> nodes = new ArrayList<>();
    private final Map<String, String> leftToLibrary = new LinkedHashMap<>();

    public SchemaCompiler(SchemaFiles files, StrictJson json) {
        this.files = files;
        this.json = json;
        this.values = new ValueKeywords(files);
        this.narrowing = new NarrowedReference(files, ANNOTATIONS);
        this.nodes.add(SchemaNode.ANYTHING);
    }

    /** All nodes that were made, each at its number; more may follow as long as schemas are compiled. */
    public List<SchemaNode> nodes() {
        return nodes;
    }

    private SchemaNode newNode(Place place) {
        var node = new SchemaNode(place.toString(), nodes.size());
        nodes.add(node);
        return node;
    }

    /** Compiles a schema file into a check that picks out the listed fields. */
    public SchemaCheck compile(String file, FieldList fields) {
        @Nullable SchemaNode node = covered(file);
        return node == null
                ? library(file, new OnePassCheck(SchemaNode.ANYTHING, fields, json))
                : new OnePassCheck(node, fields, json);
    }

    /**
     * The same for requests and replies, in which no name may differ from a member's by case alone: whether the provider's parser
     * tells them apart is not known, nor whether the caller's does.
     *
     * @param names the members that the schema names, for what the library checks
     */
    public SchemaCheck compileMessage(String file, KnownMembers names, FieldList fields) {
        @Nullable SchemaNode node = covered(file);
        SchemaNode strict = node == null ? new MemberNames().of(names) : node;
        OnePassCheck check = new OnePassCheck(strict, fields, json).withExactNames();
        return node == null ? library(file, check) : check;
    }

    private SchemaCheck library(String file, OnePassCheck strict) {
        return new LibraryCheck(files.library(file), files, strict);
    }

    private @Nullable SchemaNode covered(String file) {
        files.file(file);
        Set<Place> known = Set.copyOf(compiled.keySet());
        found = new PackProblems();
        try {
            SchemaNode root = node(new Place(file, ""));
            found.stopIfAny();
            return root;
        } catch (NotCovered notCovered) {
            found.stopIfAny();
            compiled.keySet().retainAll(known); // the rest may be half built, and would accept too much
            leftToLibrary.put(file, String.valueOf(notCovered.getMessage()));
            return null;
        }
    }

    /** Schema files that the library checks, each with the keyword that made it so. */
    public Map<String, String> leftToLibrary() {
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
            found.during(() -> files.requireFile(place, schema.get("$ref").asString()));
            Optional<JsonNode> narrowed =
                    found.made(() -> narrowing.of(place, schema)).flatMap(one -> one);
            if (narrowed.isPresent()) {
                return narrowed(place, narrowed.get());
            }
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

    private SchemaNode narrowed(Place place, JsonNode schema) {
        SchemaNode node = newNode(place);
        compiled.put(place, node);
        values.into(node, place, schema);
        return node;
    }

    /** Where a reference leads. One that leads nowhere is noted, and the rest is looked through before all is refused. */
    private SchemaNode referred(Place place, String ref) {
        if (!references.add(place)) {
            throw files.problem(place.below("$ref"), "leads in a circle, to no schema: " + ref);
        }
        try {
            return node(files.resolve(place, ref));
        } catch (PackProblem broken) {
            found.add(broken);
            return SchemaNode.ANYTHING;
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
            boolean asserted = ValueKeywords.isDateTime(name, schema.get(name));
            if (!name.equals(keyword) && (asserted || !ANNOTATIONS.contains(name))) {
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
        values.into(node, place, schema);
        members(node, place, schema);
        node.items = schema.has("items") ? node(place.below("items")) : null;
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
        node.members(members);
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
