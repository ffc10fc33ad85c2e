package dev.sallyport.gateway.console.contracts;

import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.contract.schema.file.SchemaFiles.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Draws a schema as the tree of what a document may hold, references followed. Of a circle, the second round is not drawn. */
final class SchemaTree {
    private static final int DEEPEST = 12;
    private static final int MOST_VALUES = 12;
    private static final List<String> BOUNDS = List.of(
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "pattern",
            "format",
            "const");

    private final SchemaFiles files;
    private final Marks marks;

    SchemaTree(SchemaFiles files, Marks marks) {
        this.files = files;
        this.marks = marks;
    }

    /** The whole of a file. */
    SchemaBranch of(String file) {
        return branch("document", new Place(file, ""), false, new HashSet<>());
    }

    private SchemaBranch branch(String name, Place at, boolean required, Set<String> above) {
        List<Place> places = new ArrayList<>(List.of(at));
        JsonNode schema = at(at);
        Place target = at;
        while (schema.path("$ref").isString() && places.size() <= DEEPEST) {
            target = files.resolve(target, schema.path("$ref").stringValue());
            places.add(target);
            schema = at(target);
        }
        List<String> here = places.stream().map(Place::toString).toList();
        boolean goesRound = !above.add(target.toString());
        List<SchemaBranch> below = goesRound || above.size() > DEEPEST ? List.of() : below(schema, target, above);
        if (!goesRound) {
            above.remove(target.toString());
        }
        return new SchemaBranch(
                name, type(schema, goesRound), constraints(schema), required, target.toString(), marks.at(here), below);
    }

    private List<SchemaBranch> below(JsonNode schema, Place at, Set<String> above) {
        List<SchemaBranch> branches = new ArrayList<>();
        Set<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        schema.path("properties")
                .propertyStream()
                .forEach(member -> branches.add(branch(
                        member.getKey(),
                        at.below("properties").below(member.getKey()),
                        required.contains(member.getKey()),
                        above)));
        if (schema.path("items").isObject()) {
            branches.add(branch("each item", at.below("items"), false, above));
        }
        if (schema.path("additionalProperties").isObject()) {
            branches.add(branch("any other member", at.below("additionalProperties"), false, above));
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            int number = 0;
            for (JsonNode ignored : schema.path(choice)) {
                Place one = at.below(choice).below(Integer.toString(number));
                number++;
                branches.add(branch(choice + " " + number, one, false, above));
            }
        }
        return branches;
    }

    private JsonNode at(Place place) {
        @Nullable JsonNode schema = files.at(place);
        return schema == null ? MissingNode.getInstance() : schema;
    }

    private static String type(JsonNode schema, boolean goesRound) {
        JsonNode type = schema.path("type");
        String words = type.isArray()
                ? type.valueStream().map(JsonNode::asString).collect(Collectors.joining(" or "))
                : type.asString("");
        return goesRound ? words + " (as above)" : words;
    }

    private static String constraints(JsonNode schema) {
        List<String> words = new ArrayList<>();
        BOUNDS.stream()
                .filter(schema::has)
                .forEach(bound -> words.add(bound + " " + schema.path(bound).asString()));
        for (String list : List.of("enum", "x-extensible-enum")) {
            if (schema.has(list)) {
                words.add((list.equals("enum") ? "one of " : "known ") + values(schema.path(list)));
            }
        }
        if (schema.path("additionalProperties").isBoolean()
                && !schema.path("additionalProperties").booleanValue()) {
            words.add("no other members");
        }
        return String.join("; ", words);
    }

    private static String values(JsonNode list) {
        String some =
                list.valueStream().limit(MOST_VALUES).map(JsonNode::asString).collect(Collectors.joining(", "));
        return list.size() > MOST_VALUES ? some + " and " + (list.size() - MOST_VALUES) + " more" : some;
    }
}
