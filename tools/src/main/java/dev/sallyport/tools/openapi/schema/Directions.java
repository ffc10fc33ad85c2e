package dev.sallyport.tools.openapi.schema;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.tools.openapi.document.JsonCursor;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What {@code readOnly} and {@code writeOnly} mean: a member that one direction does not have. */
public final class Directions {
    private final OpenApiDocument document;
    private final Set<String> differing = new HashSet<>();
    private final Set<String> alike = new HashSet<>();

    public Directions(OpenApiDocument document) {
        this.document = document;
    }

    /** Whether a schema, or one that it refers to, is not the same in both directions. */
    boolean differ(JsonCursor schema) {
        return !alike.contains(schema.pointer()) && (differing.contains(schema.pointer()) || mentions(schema));
    }

    /**
     * Without recursion: references may lead through thousands of schemas. Where no mention is found, there is none from any
     * place on the way either, so that the next of them is not looked through again.
     */
    private boolean mentions(JsonCursor schema) {
        Set<String> seen = new HashSet<>();
        Deque<JsonCursor> next = new ArrayDeque<>(List.of(schema));
        while (!next.isEmpty()) {
            JsonCursor cursor = next.pop();
            if (alike.contains(cursor.pointer()) || !seen.add(cursor.pointer())) {
                continue;
            }
            if (differing.contains(cursor.pointer()) || cursor.says("readOnly") || cursor.says("writeOnly")) {
                differing.add(schema.pointer());
                return true;
            }
            if (OpenApiDocument.isReference(cursor)) {
                document.followed(cursor).ifPresent(next::push);
            }
            cursor.children().stream()
                    .filter(child -> child.node().isContainer())
                    .forEach(next::push);
        }
        alike.addAll(seen);
        return false;
    }

    /** Whether a member does not belong to a direction. */
    boolean isForeign(JsonCursor member, Direction direction) {
        String keyword = direction == Direction.REQUEST ? "readOnly" : "writeOnly";
        return member.says(keyword)
                || (OpenApiDocument.isReference(member)
                        && document.followed(member)
                                .filter(target -> target.says(keyword))
                                .isPresent());
    }

    /** The members of a schema, and of all that it combines, that do not belong to a direction. */
    Set<String> foreignMembers(JsonCursor schema, Direction direction) {
        Set<String> names = new TreeSet<>();
        collect(schema, direction, names, new HashSet<>());
        return names;
    }

    private void collect(JsonCursor schema, Direction direction, Set<String> names, Set<String> seen) {
        Optional<JsonCursor> there = document.followed(schema);
        if (there.isEmpty() || !seen.add(there.get().pointer())) {
            return;
        }
        for (JsonCursor member : there.get().below("properties").children()) {
            if (isForeign(member, direction)) {
                names.add(member.name());
            }
        }
        there.get().below("allOf").children().forEach(part -> collect(part, direction, names, seen));
    }
}
