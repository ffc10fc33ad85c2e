package dev.sallyport.tools.openapi;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.tools.openapi.document.JsonCursor;
import dev.sallyport.tools.openapi.document.Notes;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import dev.sallyport.tools.openapi.pack.PackDraft.Candidate;
import dev.sallyport.tools.openapi.schema.OperationNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Collects the examples of whole bodies. */
final class Candidates {
    private final OpenApiDocument document;
    private final Notes notes;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    Candidates(OpenApiDocument document, Notes notes) {
        this.document = document;
        this.notes = notes;
    }

    List<Candidate> all() {
        return List.copyOf(candidates);
    }

    /** Those of a media type, and those of the schema that it names. */
    void of(Operation operation, Direction direction, JsonCursor media) {
        if (media.has("example")) {
            add(operation, direction, media.below("example"), media.node().get("example"), "");
        }
        for (JsonCursor example : media.below("examples").children()) {
            document.followed(example)
                    .ifPresentOrElse(
                            there -> named(operation, direction, example, there),
                            () -> notes.example(example, "leads out of this document"));
        }
        Optional<JsonCursor> schema = document.followed(media.below("schema"));
        schema.ifPresent(there -> ofSchema(operation, direction, there));
    }

    private void ofSchema(Operation operation, Direction direction, JsonCursor schema) {
        if (schema.has("example")) {
            add(operation, direction, schema.below("example"), schema.node().get("example"), "");
        }
        if (document.is31() && schema.node().path("examples").isArray()) {
            schema.below("examples")
                    .children()
                    .forEach(example -> add(operation, direction, example, example.node(), ""));
        }
    }

    private void named(Operation operation, Direction direction, JsonCursor example, JsonCursor there) {
        if (!there.has("value")) {
            notes.example(example, "has no value in this document; nothing is fetched");
            return;
        }
        String about = there.text("summary").isEmpty() ? there.text("description") : there.text("summary");
        add(operation, direction, example, there.node().get("value"), about);
    }

    void add(Operation operation, Direction direction, JsonCursor cursor, JsonNode value, String about) {
        String side = direction.name().toLowerCase(Locale.ROOT);
        String own = cursor.name().equals("example") || cursor.name().matches("[0-9]+") ? "" : "-" + cursor.name();
        String name = OperationNames.safe(("document-" + side + own).toLowerCase(Locale.ROOT));
        String free = name;
        for (int number = 2; !taken.add(operation.id() + "/" + free); number++) {
            free = name + "-" + number;
        }
        String sentence = about.isBlank() ? "As the document shows it." : about.strip();
        candidates.add(new Candidate(operation, direction, free, sentence, cursor.pointer(), value));
    }
}
