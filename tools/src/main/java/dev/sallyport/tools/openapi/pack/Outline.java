package dev.sallyport.tools.openapi.pack;

import dev.sallyport.contract.Operation;
import dev.sallyport.contract.file.Printable;
import dev.sallyport.json.Pointers;
import dev.sallyport.tools.openapi.schema.Definitions;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The structure of a pack's bodies as lines that can be compared: of every field its pointer, type, whether null may stand
 * there, whether it is required, and its enum. Bounds and texts are not in it. A schema that others refer to is a shape of its
 * own and told once.
 */
public final class Outline {
    private final Function<String, @Nullable JsonNode> files;
    private final Map<String, List<String>> sections = new LinkedHashMap<>();
    private final Map<String, List<String>> shapes = new TreeMap<>();
    private final Deque<Place> wanted = new ArrayDeque<>();

    private Outline(Function<String, @Nullable JsonNode> files) {
        this.files = files;
    }

    /** A schema in a file of the pack. */
    private record Place(String file, String pointer) {
        Place below(String step) {
            return new Place(file, pointer + "/" + Pointers.escaped(step));
        }

        Place at(String ref) {
            int hash = ref.indexOf('#');
            String path = hash < 0 ? ref : ref.substring(0, hash);
            String target = path.isEmpty()
                    ? file
                    : Path.of(file).resolveSibling(path).normalize().toString().replace('\\', '/');
            return new Place(target, hash < 0 ? "" : ref.substring(hash + 1));
        }

        /** How lines name it. */
        String shape() {
            String name = file.replaceFirst("^" + Definitions.FOLDER + "/", "").replaceFirst("\\.schema\\.json$", "");
            return pointer.isEmpty() ? name : name + "#" + pointer;
        }
    }

    /** The outline of a draft. */
    public static String of(PackDraft draft) {
        return of(draft.operations(), draft.schemas()::get);
    }

    /**
     * The outline of operations.
     *
     * @param files the schema files of a pack by name; null if there is none of that name
     */
    public static String of(List<Operation> operations, Function<String, @Nullable JsonNode> files) {
        var outline = new Outline(files);
        operations.forEach(outline::operation);
        for (Place place = outline.wanted.poll(); place != null; place = outline.wanted.poll()) {
            List<String> lines = new ArrayList<>();
            outline.shapes.put(place.shape(), lines);
            outline.walk(place, "", true, lines);
        }
        return outline.text();
    }

    private void operation(Operation operation) {
        for (String side : List.of("request", "reply")) {
            var place = new Place(operation.id() + "/" + side + ".schema.json", "");
            if (node(place) != null) {
                List<String> lines = new ArrayList<>();
                sections.put(operation.method() + " " + operation.path() + " " + side, lines);
                walk(place, "", true, lines);
            }
        }
    }

    private @Nullable JsonNode node(Place place) {
        @Nullable JsonNode file = files.apply(place.file());
        JsonNode node = file == null ? null : file.at(place.pointer());
        return node == null || node.isMissingNode() ? null : node;
    }

    private void walk(Place place, String at, boolean required, List<String> lines) {
        JsonNode schema = Objects.requireNonNull(node(place), () -> "no schema at " + place);
        @Nullable Place other = besideNull(place, schema);
        Place inner = other == null ? place : other;
        JsonNode node = other == null ? schema : Objects.requireNonNull(node(other));
        if (node.has("$ref")) {
            Place shape = inner.at(node.get("$ref").asString());
            lines.add(line(at, "=" + shape.shape() + (other == null ? "" : "|null"), required, ""));
            want(shape);
            return;
        }
        lines.add(line(at, types(node, other != null), required, values(node)));
        below(inner, node, at, lines);
    }

    private void want(Place shape) {
        if (!shapes.containsKey(shape.shape()) && !wanted.contains(shape)) {
            wanted.add(shape);
        }
    }

    /** The one alternative to null; null if there is no such choice. */
    private static @Nullable Place besideNull(Place place, JsonNode schema) {
        JsonNode choice = schema.path("anyOf");
        if (choice.size() != 2) {
            return null;
        }
        for (int index = 0; index < 2; index++) {
            if (choice.get(index).path("type").asString("").equals("null")) {
                return place.below("anyOf").below(Integer.toString(1 - index));
            }
        }
        return null;
    }

    private void below(Place place, JsonNode schema, String at, List<String> lines) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        for (String name : new TreeMap<>(named(schema.path("properties"))).keySet()) {
            Place member = place.below("properties").below(name);
            walk(member, at + "/" + Pointers.escaped(name), required.contains(name), lines);
        }
        if (schema.path("items").isObject()) {
            walk(place.below("items"), at + "/[]", true, lines);
        }
        if (schema.path("additionalProperties").isObject()) {
            walk(place.below("additionalProperties"), at + "/{}", true, lines);
        }
    }

    private static Map<String, JsonNode> named(JsonNode properties) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        properties.properties().forEach(each -> named.put(each.getKey(), each.getValue()));
        return named;
    }

    private static String types(JsonNode schema, boolean orNull) {
        List<String> types = new ArrayList<>();
        JsonNode type = schema.path("type");
        if (type.isString()) {
            types.add(type.asString());
        }
        type.forEach(one -> types.add(one.asString()));
        boolean enumWithNull = schema.path("enum").valueStream().anyMatch(JsonNode::isNull);
        boolean nullable = types.remove("null") || orNull || (type.isMissingNode() && enumWithNull);
        types.sort(null);
        String shown = types.isEmpty() ? kind(schema) : String.join("|", types);
        return nullable ? shown + "|null" : shown;
    }

    /** Without a type: texts, if only texts are listed. */
    private static String kind(JsonNode schema) {
        JsonNode values = schema.path("enum");
        boolean texts = !values.isEmpty() && values.valueStream().allMatch(value -> value.isString() || value.isNull());
        return texts ? "string" : "any";
    }

    private static String values(JsonNode schema) {
        List<String> values = schema.path("enum")
                .valueStream()
                .filter(value -> !value.isNull())
                .map(value -> value.asString(""))
                .sorted()
                .toList();
        return values.isEmpty() ? "" : " enum " + String.join(",", values);
    }

    private static String line(String at, String type, boolean required, String values) {
        String shown = at.isEmpty() ? "(whole)" : at;
        return shown + " " + type + (required ? " required" : " optional") + values;
    }

    private String text() {
        var text = new StringBuilder();
        sections.forEach((name, lines) -> section(text, name, lines));
        shapes.forEach((name, lines) -> section(text, "=" + name, lines));
        return text.toString();
    }

    private static void section(StringBuilder text, String name, List<String> lines) {
        text.append(name).append('\n');
        lines.forEach(line -> text.append("  ").append(Printable.of(line)).append('\n'));
    }
}
