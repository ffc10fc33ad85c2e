package dev.sallyport.contract.file;

import dev.sallyport.contract.file.CatalogTree.Place;
import dev.sallyport.json.Pointers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A catalog laid over another one. What it lists under {@code remove} is taken out first; then objects merge, values and lists
 * stand in the place of those below, and a list that is written as {@code add} and {@code remove} changes the one below. Nothing
 * vanishes unless it is named.
 */
final class CatalogOverlay {
    private static final Set<String> LIST_CHANGES = Set.of("add", "remove");
    /** Documents of the provider's: their members are no keys of ours. */
    private static final Pattern DOCUMENT = Pattern.compile("/errors/body|/operations/[^/]*/done-before/reply");

    private static final Pattern RULE = Pattern.compile("/rules/[^/]*");
    private static final Pattern OPERATION = Pattern.compile("/operations/[^/]*");

    private final String below;
    private final CatalogTree own;
    private final ObjectNode root;
    private final NavigableMap<String, Place> places;
    private final PackProblems found = new PackProblems();

    /**
     * An overlay.
     *
     * @param below how messages call the pack that is extended
     */
    CatalogOverlay(String below, CatalogTree base, CatalogTree own) {
        this.below = below;
        this.own = own;
        this.root = base.root().deepCopy();
        this.places = new TreeMap<>(base.places());
        places.put("", own.places().getOrDefault("", new Place(below, "")));
    }

    /** The two as one. */
    CatalogTree tree() {
        own.texts("/remove").forEach((at, pointer) -> found.during(() -> remove(at, pointer)));
        merge("", root, own.ofTheProvider().root());
        found.stopIfAny();
        return new CatalogTree(root, places);
    }

    private void remove(String at, String pointer) {
        if (!pointer.startsWith("/")) {
            throw own.problem(at, "must be a JSON Pointer into the catalog of " + below + ", was " + pointer);
        }
        int last = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, last));
        if (parent.isArray()) {
            throw own.problem(
                    at, "names an item of a list; write the list as { remove: [...] } where it stands: " + pointer);
        }
        String name = Pointers.steps(pointer.substring(last)).get(0);
        if (!(parent instanceof ObjectNode object) || object.remove(name) == null) {
            throw own.problem(at, "names nothing in " + below + ": " + pointer);
        }
        forget(pointer);
    }

    private void merge(String pointer, ObjectNode target, ObjectNode over) {
        for (Map.Entry<String, JsonNode> member : over.properties()) {
            String at = pointer + "/" + Pointers.escaped(member.getKey());
            found.during(() -> lay(at, target, member.getKey(), member.getValue()));
        }
    }

    private void lay(String at, ObjectNode target, String name, JsonNode value) {
        @Nullable JsonNode there = target.get(name);
        if (value.isNull()) {
            throw own.problem(at, "is empty; what is to be taken out is listed under remove: " + at);
        }
        if (DOCUMENT.matcher(at).matches()) {
            put(at, target, name, value);
        } else if (isListChange(value) && (there == null || there.isArray())) {
            put(at, target, name, changed(at, there, value));
        } else if (there != null && kind(there) != kind(value)) {
            throw own.problem(at, "is " + kind(value).shown + ", and " + kind(there).shown + " in " + below);
        } else if (there instanceof ObjectNode object
                && value instanceof ObjectNode changes
                && !isOfAnotherKind(at, object, changes)) {
            place(at);
            merge(at, object, changes);
        } else if (there == null && OPERATION.matcher(at).matches() && !value.has("method")) {
            throw own.problem(at, "names no operation of " + below + ", and has no method and path to be a new one");
        } else {
            put(at, target, name, value);
        }
    }

    /** A rule has one member, its kind, and another kind has other parameters. */
    private static boolean isOfAnotherKind(String at, ObjectNode there, ObjectNode changes) {
        return RULE.matcher(at).matches()
                && !List.copyOf(there.propertyNames()).equals(List.copyOf(changes.propertyNames()));
    }

    private static boolean isListChange(JsonNode value) {
        return value.isObject()
                && !value.isEmpty()
                && LIST_CHANGES.containsAll(value.propertyNames())
                && value.valueStream().allMatch(JsonNode::isArray);
    }

    private ArrayNode changed(String at, @Nullable JsonNode there, JsonNode change) {
        ArrayNode list = there instanceof ArrayNode array ? array.deepCopy() : root.arrayNode();
        JsonNode removed = change.path("remove");
        for (int index = 0; index < removed.size(); index++) {
            if (!removeFrom(list, removed.get(index))) {
                throw own.problem(
                        at + "/remove/" + index, "is not in this list of " + below + ": " + shown(removed.get(index)));
            }
        }
        JsonNode added = change.path("add");
        for (int index = 0; index < added.size(); index++) {
            JsonNode item = added.get(index);
            if (list.valueStream().anyMatch(item::equals)) {
                throw own.problem(at + "/add/" + index, "is in this list of " + below + " already: " + shown(item));
            }
            list.add(item);
        }
        return list;
    }

    private static boolean removeFrom(ArrayNode list, JsonNode item) {
        Iterator<Integer> places = IntStream.range(0, list.size())
                .filter(index -> list.get(index).equals(item))
                .iterator();
        boolean isThere = places.hasNext();
        if (isThere) {
            list.remove(places.next());
        }
        return isThere;
    }

    private static String shown(JsonNode item) {
        return item.isString() ? item.stringValue() : item.toString();
    }

    private void put(String at, ObjectNode target, String name, JsonNode value) {
        target.set(name, value);
        forget(at);
        place(at);
        places.putAll(CatalogTree.below(own.places(), at));
    }

    private void place(String at) {
        @Nullable Place place = own.places().get(at);
        if (place != null) {
            places.put(at, place);
        }
    }

    private void forget(String at) {
        places.remove(at);
        CatalogTree.below(places, at).clear();
    }

    /** What a value looks like. */
    private enum Kind {
        LIST("a list"),
        OBJECT("an object"),
        VALUE("a single value");

        private final String shown;

        Kind(String shown) {
            this.shown = shown;
        }
    }

    private static Kind kind(JsonNode value) {
        return value.isArray() ? Kind.LIST : value.isObject() ? Kind.OBJECT : Kind.VALUE;
    }
}
