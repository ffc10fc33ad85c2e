package dev.sallyport.tools.openapi.document;

import dev.sallyport.contract.file.Printable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** An OpenAPI document of version 3.0 or 3.1, and its references. */
public final class OpenApiDocument {
    private static final String REF = "$ref";

    private final String file;
    private final JsonNode root;
    private final boolean is31;

    private OpenApiDocument(String file, JsonNode root, boolean is31) {
        this.file = file;
        this.root = root;
        this.is31 = is31;
    }

    /**
     * Reads a document.
     *
     * @param bytes JSON or YAML
     * @param file how messages call it
     */
    public static OpenApiDocument read(byte[] bytes, String file) {
        JsonNode root = DocumentText.tree(bytes, file);
        if (!root.isObject()) {
            throw new DocumentProblem(file, "#", "must be an object with openapi, info and paths");
        }
        if (root.has("swagger")) {
            throw new DocumentProblem(file, "#/swagger", "must be OpenAPI 3.0 or 3.1; convert Swagger 2.0 first");
        }
        String version = new JsonCursor(root, "").text("openapi");
        boolean is31 = version.startsWith("3.1.");
        if (!is31 && !version.startsWith("3.0.")) {
            throw new DocumentProblem(file, "#/openapi", "must be a version such as \"3.0.3\" or \"3.1.0\"");
        }
        if (!root.path("paths").isObject()) {
            throw new DocumentProblem(file, "#/paths", "must be an object of paths");
        }
        return new OpenApiDocument(file, root, is31);
    }

    public JsonCursor root() {
        return new JsonCursor(root, "");
    }

    /** Whether schemas are those of 3.1, which are JSON Schema; those of 3.0 are nearly. */
    public boolean is31() {
        return is31;
    }

    /** Whether a spot only says where to look. */
    public static boolean isReference(JsonCursor cursor) {
        return cursor.node().path(REF).isString();
    }

    /** Where references lead in the end; empty if that is outside of this document. A spot without one is its own end. */
    public Optional<JsonCursor> followed(JsonCursor cursor) {
        JsonCursor at = cursor;
        Set<String> passed = new HashSet<>();
        while (isReference(at)) {
            if (!passed.add(at.pointer())) {
                throw problem(cursor.below(REF), "leads in a circle");
            }
            Optional<JsonCursor> next = target(at, at.text(REF));
            if (next.isEmpty()) {
                return next;
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /** What a reference names; empty if it is not in this document. */
    public Optional<JsonCursor> target(JsonCursor holder, String reference) {
        boolean here = reference.equals("#") || reference.startsWith("#/");
        if (!here) {
            return Optional.empty();
        }
        String pointer = unescaped(holder, reference.substring(1));
        JsonNode node = root.at(JsonPointer.compile(pointer));
        if (node.isMissingNode()) {
            throw problem(holder.below(REF), "leads nowhere: " + reference);
        }
        return Optional.of(new JsonCursor(node, pointer));
    }

    /** A fragment is part of a URI, so percent signs stand for bytes; a plus is a plus. */
    private String unescaped(JsonCursor holder, String fragment) {
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw problem(holder.below(REF), "is not a URI reference: #" + fragment);
        }
    }

    public DocumentProblem problem(JsonCursor cursor, String message) {
        return new DocumentProblem(file, "#" + cursor.pointer(), Printable.of(message));
    }
}
