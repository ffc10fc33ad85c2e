package dev.sallyport.tools.openapi.schema;

import dev.sallyport.tools.openapi.document.JsonCursor;
import dev.sallyport.tools.openapi.document.Notes;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What JSON Schema can say of a discriminator: each alternative of a {@code oneOf} or {@code anyOf} wants its own names in the
 * member that tells them apart.
 */
final class Discriminator {
    private static final String SCHEMAS = "/components/schemas/";

    private final OpenApiDocument document;
    private final Notes notes;

    Discriminator(OpenApiDocument document, Notes notes) {
        this.document = document;
        this.notes = notes;
    }

    /** Adds the names to the converted alternatives. */
    void apply(JsonCursor cursor, ObjectNode out) {
        JsonCursor discriminator = cursor.below("discriminator");
        if (!discriminator.isThere()) {
            return;
        }
        String member = discriminator.text("propertyName");
        String choice = cursor.has("oneOf") ? "oneOf" : "anyOf";
        if (member.isEmpty()) {
            notes.leftOut(discriminator, "must have a propertyName");
        } else if (!out.path(choice).isArray()) {
            notes.leftOut(
                    discriminator,
                    "tells schemas apart that extend this one; JSON Schema can only say that with oneOf or anyOf beside it,"
                            + " so only this schema is checked");
        } else {
            alternatives(cursor.below(choice), discriminator, member, (ArrayNode) out.get(choice));
        }
    }

    private void alternatives(JsonCursor choice, JsonCursor discriminator, String member, ArrayNode out) {
        Map<String, Set<String>> mapping = mapping(discriminator.below("mapping"));
        Set<String> unused = new TreeSet<>(mapping.keySet());
        List<JsonCursor> alternatives = choice.children();
        for (int index = 0; index < alternatives.size(); index++) {
            JsonCursor alternative = alternatives.get(index);
            Optional<JsonCursor> target =
                    OpenApiDocument.isReference(alternative) ? document.followed(alternative) : Optional.empty();
            if (target.isPresent() && out.get(index) instanceof ObjectNode schema) {
                unused.remove(target.get().pointer());
                name(schema, member, names(alternative, target.get(), mapping));
            } else {
                notes.leftOut(alternative, "is no reference, so the discriminator has no name for it");
            }
        }
        unused.forEach(pointer ->
                notes.leftOut(discriminator.below("mapping"), "names #" + pointer + ", which is no alternative"));
    }

    /** The names that lead to each schema. */
    private Map<String, Set<String>> mapping(JsonCursor mapping) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        for (JsonCursor entry : mapping.children()) {
            target(entry)
                    .ifPresentOrElse(
                            target -> names.computeIfAbsent(target.pointer(), ignored -> new TreeSet<>())
                                    .add(entry.name()),
                            () -> notes.leftOut(entry, "leads to no schema of this document"));
        }
        return names;
    }

    /** A mapping's value is the name of a schema, or a reference. */
    private Optional<JsonCursor> target(JsonCursor entry) {
        String value = entry.node().asString("");
        JsonCursor named = document.root().below("components").below("schemas").below(value);
        if (!value.isEmpty() && named.isThere()) {
            return document.followed(named);
        }
        return document.target(entry, value).flatMap(document::followed);
    }

    /** Without a mapping, a schema's own name. */
    private static Set<String> names(JsonCursor alternative, JsonCursor target, Map<String, Set<String>> mapping) {
        Set<String> mapped = mapping.getOrDefault(target.pointer(), Set.of());
        String reference = alternative.text("$ref").replaceFirst("^#", "");
        boolean isComponent = reference.startsWith(SCHEMAS);
        return mapped.isEmpty() && isComponent ? Set.of(reference.substring(SCHEMAS.length())) : mapped;
    }

    private static void name(ObjectNode schema, String member, Set<String> names) {
        if (names.isEmpty()) {
            return;
        }
        List<JsonNode> values = new ArrayList<>();
        names.forEach(name -> values.add(Schemas.NODES.stringNode(name)));
        ObjectNode allowed = Schemas.NODES.objectNode();
        if (values.size() == 1) {
            allowed.set("const", values.get(0));
        } else {
            allowed.putArray("enum").addAll(values);
        }
        schema.withArrayProperty("required").add(member);
        schema.withObjectProperty("properties").set(member, allowed);
    }
}
