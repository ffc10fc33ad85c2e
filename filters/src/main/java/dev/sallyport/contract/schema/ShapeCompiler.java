package dev.sallyport.contract.schema;

import dev.sallyport.contract.schema.SchemaNode.Member;
import dev.sallyport.contract.schema.Shape.NamedMember;
import dev.sallyport.json.JsonType;
import dev.sallyport.json.bytes.ByteNames;
import dev.sallyport.json.bytes.JsonBytes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins a schema that is compiled with the fields that are picked. A queue in place of recursion: schemas may be very deep. */
final class ShapeCompiler {
    /** Beyond every whole number of as many digits as the walk compares. */
    private static final BigDecimal FAR = BigDecimal.TEN.pow(JsonBytes.MOST_DIGITS);

    private final Map<Place, Shape> shapes = new HashMap<>();
    private final Deque<Place> unfinished = new ArrayDeque<>();

    /** A schema and the fields at one place; each is itself and no other. */
    private record Place(SchemaNode node, FieldList.@Nullable Step picks) {}

    private ShapeCompiler() {}

    static Shape compiled(SchemaNode schema, FieldList.@Nullable Step picks) {
        var compiler = new ShapeCompiler();
        Shape root = compiler.shape(schema, picks);
        while (!compiler.unfinished.isEmpty()) {
            compiler.finish(compiler.unfinished.remove());
        }
        return root;
    }

    private Shape shape(SchemaNode node, FieldList.@Nullable Step picks) {
        var place = new Place(node, picks);
        @Nullable Shape known = shapes.get(place);
        if (known != null) {
            return known;
        }
        boolean anything = node == SchemaNode.ANYTHING && picks == null;
        var shape = new Shape(node, anything, picks == null ? Shape.NOT_PICKED : picks.slot());
        shapes.put(place, shape);
        unfinished.add(place);
        return shape;
    }

    private void finish(Place place) {
        SchemaNode node = place.node();
        Shape shape = shape(node, place.picks());
        shape.byType = node.alternatives == null ? null : byType(node, place.picks());
        shape.required = node.requiredBits();
        shape.additional = node.additional == null ? null : shape(node.additional, null);
        shape.items = shape(node.items == null ? SchemaNode.ANYTHING : node.items, null);
        members(shape, node, place.picks());
        values(shape, node);
    }

    private @Nullable Shape[] byType(SchemaNode node, FieldList.@Nullable Step picks) {
        JsonType[] types = JsonType.values();
        @Nullable Shape[] chosen = new Shape[types.length];
        for (JsonType type : types) {
            SchemaNode alternative = DocumentWalk.chosen(node, type);
            chosen[Shape.number(type)] = alternative.alternatives == null ? shape(alternative, picks) : null;
        }
        return chosen;
    }

    private void members(Shape shape, SchemaNode node, FieldList.@Nullable Step picks) {
        Set<String> names = new LinkedHashSet<>(node.members.keySet());
        if (picks != null) {
            names.addAll(picks.names());
        }
        shape.names = new ByteNames(List.copyOf(names));
        List<NamedMember> members = new ArrayList<>();
        names.forEach(name -> members.add(member(node, name, picks == null ? null : picks.below(name))));
        shape.members = members.toArray(NamedMember[]::new);
    }

    private NamedMember member(SchemaNode node, String name, FieldList.@Nullable Step picks) {
        @Nullable Member member = node.members.get(name);
        if (member != null) {
            return new NamedMember(shape(member.schema(), picks), member.requiredBit(), member.bit(), true);
        }
        return new NamedMember(node.additional == null ? null : shape(node.additional, picks), 0, 0, false);
    }

    private static void values(Shape shape, SchemaNode node) {
        if (node.allowed != null) {
            shape.types &= ~(JsonType.OBJECT.bit | JsonType.ARRAY.bit); // only scalars are listed
            shape.allowedTexts = new ByteNames(node.allowed.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList());
        }
        counts(shape, node);
        shape.knownTexts = node.knownValues == null ? null : new ByteNames(List.copyOf(node.knownValues));
        shape.least = Math.max(
                bound(node.minimum, FAR.negate(), RoundingMode.CEILING),
                bound(node.exclusiveMinimum, FAR.negate(), RoundingMode.FLOOR) + 1);
        shape.most = Math.min(
                bound(node.maximum, FAR, RoundingMode.FLOOR),
                bound(node.exclusiveMaximum, FAR, RoundingMode.CEILING) - 1);
    }

    /** What is asked of each value is put next to the rest, since looking it up elsewhere costs more than asking it. */
    private static void counts(Shape shape, SchemaNode node) {
        shape.namesMembers = !node.members.isEmpty();
        shape.minMembers = count(node.minProperties);
        shape.maxMembers = count(node.maxProperties);
        shape.minItems = count(node.minItems);
        shape.maxItems = count(node.maxItems);
        shape.minLength = count(node.minLength);
        shape.maxLength = count(node.maxLength);
        shape.dateTime = node.dateTime;
        shape.asksOfText = node.allowed != null || node.knownValues != null || node.dateTime || node.boundsLength();
    }

    /** There are never as many as an int can count. */
    private static int count(long bound) {
        return (int) Math.min(bound, Integer.MAX_VALUE);
    }

    /** The next whole number, or one beyond all that are compared. */
    private static long bound(@Nullable BigDecimal bound, BigDecimal otherwise, RoundingMode rounding) {
        BigDecimal near = bound == null ? otherwise : bound.min(FAR).max(FAR.negate());
        return near.setScale(0, rounding).longValueExact();
    }
}
