package dev.sallyport.contract.schema;

import dev.sallyport.contract.schema.file.SchemaFiles;
import dev.sallyport.contract.schema.file.SchemaFiles.Place;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reference to a text or a number with bounds beside it, as one schema: what a pack has that tightens a bound of another one. Both
 * hold, so the tighter of two bounds does.
 */
final class NarrowedReference {
    private static final Set<String> UPPER = Set.of("maximum", "exclusiveMaximum", "maxLength");
    private static final Set<String> LOWER = Set.of("minimum", "exclusiveMinimum", "minLength");
    private static final Set<String> OF_VALUES = Set.of("type", "enum", "const", "format");

    private final SchemaFiles files;
    private final Set<String> annotations;

    /**
     * Reads such references.
     *
     * @param annotations keywords that refuse nothing
     */
    NarrowedReference(SchemaFiles files, Set<String> annotations) {
        this.files = files;
        this.annotations = annotations;
    }

    /** The one schema; empty if something else stands beside the reference, or it leads to something else. */
    Optional<JsonNode> of(Place place, JsonNode schema) {
        boolean hasBounds = schema.propertyNames().stream().anyMatch(NarrowedReference::isBound);
        boolean isPlain = schema.propertyNames().stream()
                .allMatch(name -> name.equals("$ref") || isBound(name) || isNote(name, schema));
        @Nullable JsonNode target = hasBounds && isPlain ? target(place, schema) : null;
        if (!(target instanceof ObjectNode object)
                || !target.propertyNames().stream()
                        .allMatch(name -> OF_VALUES.contains(name) || isBound(name) || isNote(name, object))) {
            return Optional.empty();
        }
        ObjectNode narrowed = object.deepCopy();
        schema.properties().stream()
                .filter(member -> isBound(member.getKey()))
                .forEach(bound -> narrow(narrowed, bound.getKey(), bound.getValue()));
        return Optional.of(narrowed);
    }

    private boolean isNote(String name, JsonNode schema) {
        return annotations.contains(name) && !ValueKeywords.isDateTime(name, schema.get(name));
    }

    private static boolean isBound(String keyword) {
        return UPPER.contains(keyword) || LOWER.contains(keyword);
    }

    /** What a reference leads to in the end, if there is nothing beside those on the way. */
    private @Nullable JsonNode target(Place place, JsonNode schema) {
        Set<Place> passed = new HashSet<>();
        Place at = place;
        JsonNode node = schema;
        while (node.has("$ref")) {
            boolean alone = passed.isEmpty()
                    || node.propertyNames().stream()
                            .allMatch(name -> name.equals("$ref") || annotations.contains(name));
            if (!alone) {
                return null;
            }
            if (!passed.add(at)) {
                throw files.problem(place.below("$ref"), "leads in a circle, to no schema");
            }
            at = files.resolve(at, node.get("$ref").asString());
            @Nullable JsonNode next = files.at(at);
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node;
    }

    private static void narrow(ObjectNode schema, String keyword, JsonNode bound) {
        JsonNode there = schema.path(keyword);
        int more = there.isNumber() ? bound.decimalValue().compareTo(there.decimalValue()) : 0;
        boolean isTighter = !there.isNumber() || (UPPER.contains(keyword) ? more < 0 : more > 0);
        if (isTighter) {
            schema.set(keyword, bound);
        }
    }
}
