package dev.sallyport.tools;

import dev.sallyport.tools.openapi.document.Note;
import dev.sallyport.tools.openapi.pack.NewPack.Outcome;
import dev.sallyport.tools.openapi.pack.PackDraft;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an import tells: for a person, or for a script. */
final class ImportReport {
    private final Path folder;
    private final PackDraft draft;
    private final Outcome outcome;

    ImportReport(Path folder, PackDraft draft, Outcome outcome) {
        this.folder = folder;
        this.draft = draft;
        this.outcome = outcome;
    }

    String text() {
        var text = new StringBuilder();
        for (Note note : outcome.notes()) {
            text.append(note).append('\n');
        }
        text.append(folder).append(": ").append(String.join(", ", counted())).append("; ");
        text.append(number(outcome.notes().size(), "note"))
                .append(outcome.notes().size() == 1 ? ", which is in " : ", which are in ");
        return text.append(folder.resolve("NOTES.md"))
                .append(System.lineSeparator())
                .toString();
    }

    private List<String> counted() {
        return List.of(
                number(draft.operations().size(), "operation"),
                number(draft.schemas().size(), "schema"),
                number(outcome.examples(), "example"));
    }

    private static String number(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    String json() {
        var mapper = new JsonMapper();
        ObjectNode report = mapper.createObjectNode().put("folder", folder.toString());
        ArrayNode operations = report.putArray("operations");
        draft.operations()
                .forEach(operation -> operations
                        .addObject()
                        .put("id", operation.id())
                        .put("method", operation.method())
                        .put("path", operation.path()));
        report.put("schemas", draft.schemas().size()).put("examples", outcome.examples());
        ArrayNode notes = report.putArray("notes");
        outcome.notes()
                .forEach(note -> notes.addObject()
                        .put("kind", note.kind().toString())
                        .put("pointer", note.pointer())
                        .put("what", note.what()));
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report) + System.lineSeparator();
    }
}
