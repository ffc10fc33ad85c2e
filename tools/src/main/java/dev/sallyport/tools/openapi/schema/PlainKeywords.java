package dev.sallyport.tools.openapi.schema;

import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.JsonCursor;
import dev.sallyport.tools.openapi.document.Notes;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import dev.sallyport.tools.openapi.document.Source;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The keywords of a schema that hold no schema, those included that OpenAPI 3.0 writes in a way of its own. */
final class PlainKeywords {
    private final OpenApiDocument document;
    private final Notes notes;
    private final ImportOptions options;

    PlainKeywords(Source source) {
        this.document = source.document();
        this.notes = source.notes();
        this.options = source.options();
    }

    /** A keyword as it stands, if it may stand so. */
    void take(JsonCursor keyword, ObjectNode out) {
        String name = keyword.name();
        if (name.startsWith("x-") || isKnownDialect(keyword)) {
            return;
        }
        Optional<KeywordShape> shape = KeywordShape.of(name, document.is31());
        if (shape.isEmpty()) {
            notes.leftOut(keyword, "is not read in OpenAPI " + (document.is31() ? "3.1" : "3.0") + " documents");
        } else if (!shape.get().holds().test(keyword.node())) {
            notes.leftOut(keyword, "must be " + shape.get().expected());
        } else if (name.equals("enum") && options.openEnums()) {
            openEnum(keyword, out);
        } else {
            out.set(name, keyword.node());
        }
    }

    /** What the list says of the type is kept, unless the schema says it itself. */
    private void openEnum(JsonCursor keyword, ObjectNode out) {
        notes.takenAs(keyword, "other values pass as well");
        if (keyword.children().stream().allMatch(value -> value.node().isString())) {
            out.putIfAbsent("type", Schemas.NODES.stringNode("string"));
        }
    }

    private static boolean isKnownDialect(JsonCursor keyword) {
        return keyword.name().equals("$schema")
                && Set.of(Schemas.DIALECT, "https://spec.openapis.org/oas/3.1/dialect/base")
                        .contains(keyword.node().asString(""));
    }

    /** Examples of parts are kept as notes of the schema. */
    void examples(JsonCursor cursor, ObjectNode out) {
        if (document.is31() && cursor.node().path("examples").isArray()) {
            out.set("examples", cursor.node().get("examples"));
        } else if (cursor.has("example")) {
            out.putArray("examples").add(cursor.node().get("example"));
        }
    }

    /** In 3.0 a flag beside the bound, in 2020-12 the bound itself. */
    void exclusive(JsonCursor cursor, ObjectNode out) {
        if (!document.is31()) {
            exclusive(cursor, "minimum", "exclusiveMinimum", out);
            exclusive(cursor, "maximum", "exclusiveMaximum", out);
        }
    }

    private void exclusive(JsonCursor cursor, String bound, String flag, ObjectNode out) {
        if (!cursor.has(flag)) {
            return;
        }
        if (!cursor.node().path(flag).isBoolean()) {
            notes.leftOut(cursor.below(flag), "must be true or false in OpenAPI 3.0");
        } else if (cursor.says(flag) && out.has(bound)) {
            out.set(flag, out.remove(bound));
        }
    }

    /** What was made of a schema, or null beside it where 3.0 says so. */
    ObjectNode orNull(JsonCursor cursor, ObjectNode out) {
        return isNullable(cursor) ? nullable(cursor, out) : out;
    }

    private boolean isNullable(JsonCursor cursor) {
        JsonCursor nullable = cursor.below("nullable");
        if (nullable.isThere() && document.is31()) {
            notes.leftOut(nullable, "is not read in OpenAPI 3.1 documents; say it with type");
            return false;
        }
        return cursor.says("nullable");
    }

    private ObjectNode nullable(JsonCursor cursor, ObjectNode out) {
        if (cursor.has("enum")
                && !cursor.below("enum").children().stream()
                        .anyMatch(each -> each.node().isNull())) {
            notes.takenAs(cursor.below("nullable"), "null passes, although the enum does not list it");
        } else if (!cursor.has("type")) {
            notes.takenAs(cursor.below("nullable"), "null passes, although there is no type beside it");
        }
        return Schemas.orNull(out) instanceof ObjectNode object ? object : out;
    }
}
