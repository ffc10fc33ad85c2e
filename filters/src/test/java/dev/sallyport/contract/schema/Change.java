package dev.sallyport.contract.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Something that may be done to a document, at a place of it that chance chooses. */
@SuppressWarnings("ImmutableEnumChecker") // functions without a state
enum Change {
    DROPPED(JsonNode::isValueNode, (value, random) -> null),
    DROPPED_WHOLE(JsonNode::isContainer, (value, random) -> null),
    RENAMED(JsonNode::isObject, Oddities::withOneRenamed),
    ADDED(JsonNode::isObject, Oddities::withOneMore),
    RETYPED(any -> true, Oddities::ofAnotherType),
    NULLED(any -> true, (value, random) -> JsonNodeFactory.instance.nullNode()),
    EMPTIED(any -> true, (value, random) -> Oddities.empty(value)),
    REPEATED(JsonNode::isArray, (value, random) -> ((ArrayNode) value).addAll((ArrayNode) value.deepCopy())),
    DUPLICATE_NAME(JsonNode::isObject, Oddities::withOneTwice),
    ESCAPED_NAME(JsonNode::isObject, Oddities::withOneEscaped),
    LONG_TEXT(JsonNode::isString, Oddities::longer),
    LONG_NAME(JsonNode::isObject, (value, random) -> ((ObjectNode) value).put("n".repeat(250 + random.nextInt(12)), 1)),
    DEEP(any -> true, Oddities::deeper),
    ODD_TEXT(JsonNode::isString, Oddities::text),
    UNPAIRED_SURROGATE(JsonNode::isString, Oddities::halfCharacter),
    EDGE_NUMBER(JsonNode::isNumber, (value, random) -> Oddities.raw(Oddities.EDGES, random)),
    ROUNDED_NUMBER(JsonNode::isNumber, (value, random) -> Oddities.raw(Oddities.ROUNDED, random)),
    LONG_NUMBER(JsonNode::isNumber, (value, random) -> Oddities.raw(Oddities.LONG, random)),
    ABSURD_NUMBER(JsonNode::isNumber, (value, random) -> Oddities.raw(Oddities.ABSURD, random)),
    /** Of the text, not of the tree: once the document is written. */
    BYTES(any -> false, (value, random) -> value);

    private final Predicate<JsonNode> where;
    private final BiFunction<JsonNode, Random, @Nullable JsonNode> what;

    Change(Predicate<JsonNode> where, BiFunction<JsonNode, Random, @Nullable JsonNode> what) {
        this.where = where;
        this.what = what;
    }

    /** The document, changed; as it was if it has no such place. */
    JsonNode of(JsonNode document, Random random) {
        List<Place> places = new ArrayList<>();
        add(places, document, null, "", 0);
        if (places.isEmpty()) {
            return document;
        }
        Place place = places.get(random.nextInt(places.size()));
        @Nullable JsonNode changed = what.apply(place.value(), random);
        if (place.parent() == null) {
            return changed == null ? document : changed;
        }
        place.put(changed);
        return document;
    }

    /** A value in its parent; the root has none. */
    private record Place(JsonNode value, @Nullable JsonNode parent, String name, int index) {
        void put(@Nullable JsonNode changed) {
            if (parent instanceof ObjectNode object) {
                if (changed == null) {
                    object.remove(name);
                } else {
                    object.set(name, changed);
                }
            } else if (parent instanceof ArrayNode array) {
                if (changed == null) {
                    array.remove(index);
                } else {
                    array.set(index, changed);
                }
            }
        }
    }

    private void add(List<Place> places, JsonNode value, @Nullable JsonNode parent, String name, int index) {
        if (where.test(value)) {
            places.add(new Place(value, parent, name, index));
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            add(places, member.getValue(), value, member.getKey(), 0);
        }
        for (int each = 0; value.isArray() && each < value.size(); each++) {
            add(places, value.get(each), value, "", each);
        }
    }
}
