package dev.sallyport.tools.openapi;

import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.Note;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import dev.sallyport.tools.openapi.pack.NewPack;
import dev.sallyport.tools.openapi.pack.NewPack.Outcome;
import dev.sallyport.tools.openapi.pack.PackDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** OpenAPI documents of our own, and the packs that are made of them. */
public final class Documents {
    private Documents() {}

    /** One of the documents beside the tests. */
    public static OpenApiDocument resource(String name) {
        try (var file = Documents.class.getResourceAsStream("/openapi/" + name)) {
            if (file == null) {
                throw new AssertionError("no such document: " + name);
            }
            return OpenApiDocument.read(file.readAllBytes(), name);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static OpenApiDocument text(String text) {
        return OpenApiDocument.read(text.getBytes(StandardCharsets.UTF_8), "doc.yml");
    }

    public static PackDraft draft(String text) {
        return OpenApiImport.of(text(text), ImportOptions.NONE);
    }

    /** A document with one operation, whose reply is the schema {@code It}. */
    public static String withSchema(String version, String schema) {
        return """
                openapi: %s
                info: {title: one, version: "1"}
                paths:
                  /it:
                    get:
                      operationId: it
                      responses:
                        "200": {content: {application/json: {schema: {$ref: "#/components/schemas/It"}}}}
                components:
                  schemas:
                    Other: {type: object}
                    It: %s
                """.formatted(version, schema);
    }

    /** What becomes of a schema, as compact JSON without the dialect. */
    public static String converted(String version, String schema) {
        return convertedBy(ImportOptions.NONE, version, schema);
    }

    public static String convertedBy(ImportOptions options, String version, String schema) {
        PackDraft draft = OpenApiImport.of(text(withSchema(version, schema)), options);
        JsonNode made = Objects.requireNonNull(draft.schemas().get("definitions/It.schema.json"));
        if (made instanceof ObjectNode object) {
            object.remove("$schema");
        }
        return new JsonMapper().writeValueAsString(made).replace('"', '\'');
    }

    /** The notes that one schema gives. */
    public static List<String> notes(String version, String schema) {
        return draft(withSchema(version, schema)).notes().stream()
                .filter(note -> note.kind() != Note.Kind.ASKED) // these documents say nothing of errors
                .map(Note::toString)
                .toList();
    }

    /** Writes the pack of a document, and reads it. */
    public static ContractCatalog written(OpenApiDocument document, Path folder) throws IOException {
        write(document, folder);
        return read(folder);
    }

    public static Outcome write(OpenApiDocument document, Path folder) throws IOException {
        return new NewPack(folder).write(OpenApiImport.of(document, ImportOptions.NONE));
    }

    public static ContractCatalog read(Path folder) {
        return PackCompiler.load(PackFiles.of(folder.toString()), new StrictJson(32));
    }

    public static Contract contract(ContractCatalog catalog, String operation) {
        return catalog.contract(operation).orElseThrow();
    }
}
