package dev.sallyport.tools.openapi.pack;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.contract.PathTemplate;
import dev.sallyport.contract.file.Printable;
import dev.sallyport.json.Pointers;
import dev.sallyport.json.QueryText;
import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.Note;
import dev.sallyport.tools.openapi.document.Note.Kind;
import dev.sallyport.tools.openapi.pack.PackDraft.Candidate;
import dev.sallyport.tools.openapi.schema.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The files of a pack as text. The same on every machine. */
public final class PackText {
    private static final List<String> USUAL = List.of("200");
    private static final ObjectWriter JSON = writer();

    private PackText() {}

    private static ObjectWriter writer() {
        var indenter = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return new JsonMapper().writer().with(printer);
    }

    static String json(JsonNode node) {
        return JSON.writeValueAsString(node) + "\n";
    }

    static String example(Candidate candidate) {
        ObjectNode example = Schemas.NODES.objectNode();
        example.put("about", candidate.about());
        example.set(candidate.direction().name().toLowerCase(Locale.ROOT), candidate.value());
        return json(example);
    }

    static String exampleFile(Candidate candidate) {
        return candidate.operation().id() + "/examples/accepted/" + candidate.name() + ".json";
    }

    public static String catalog(PackDraft draft) {
        var text = new StringBuilder("""
                # Made from an OpenAPI document; what that could not say is in NOTES.md. Of these the document knows nothing:
                # rules, session tokens, telemetry ids and the provider's error types. Write them in by hand.

                """);
        text.append("description: ").append(quoted(draft.description())).append('\n');
        text.append("error-url: ").append(quoted(draft.errors().url())).append('\n');
        if (!draft.errors().members().isEmpty()) {
            text.append("errors:\n  body: ")
                    .append(errorBody(draft.errors().members()))
                    .append('\n');
        }
        text.append("\noperations:\n");
        for (Operation operation : draft.operations()) {
            text.append("  ").append(quoted(operation.id())).append(":\n");
            text.append("    method: ").append(operation.method()).append('\n');
            text.append("    path: ").append(quoted(operation.path())).append('\n');
            if (!operation.template().equals(PathTemplate.of(operation.path()))) {
                String project = Objects.requireNonNullElse(operation.template().project(), "credentials");
                text.append("    project: ").append(quoted(project)).append('\n');
            }
            text.append(operation.query() == Query.PASS ? "    query: pass\n" : "");
            List<String> statuses = draft.statuses().getOrDefault(operation.id(), USUAL);
            if (!statuses.equals(USUAL)) {
                text.append("    statuses: ").append(statuses).append('\n');
            }
        }
        return text.toString();
    }

    /** A JSON text is a YAML text. */
    private static String errorBody(Map<String, String> members) {
        ObjectNode body = Schemas.NODES.objectNode();
        members.forEach((pointer, text) -> {
            List<String> steps = Pointers.steps(pointer);
            ObjectNode holder = body;
            for (String step : steps.subList(0, steps.size() - 1)) {
                holder = holder.withObjectProperty(step);
            }
            holder.put(steps.get(steps.size() - 1), text);
        });
        return body.toString();
    }

    /** A JSON text is a YAML text; without quotes where nothing can be taken amiss. */
    private static String quoted(String text) {
        boolean plain = text.matches("[A-Za-z_][A-Za-z0-9_.-]*")
                && !text.toLowerCase(Locale.ROOT).matches("true|false|null|yes|no|on|off|y|n");
        return plain ? text : Schemas.NODES.stringNode(text).toString();
    }

    static String notes(PackDraft draft, List<Note> notes) {
        var text = new StringBuilder(
                "# Notes\n\nWhat this pack does not say as the OpenAPI document does, each with its place in the document.\n");
        for (Kind kind : Kind.values()) {
            List<Note> some = notes.stream().filter(note -> note.kind() == kind).toList();
            text.append("\n## ").append(heading(kind)).append("\n\n");
            some.forEach(note -> text.append("- `#")
                    .append(Printable.of(note.pointer()))
                    .append("`: ")
                    .append(Printable.of(note.what()))
                    .append('\n'));
            text.append(some.isEmpty() ? "None.\n" : "");
        }
        text.append("\n## Not in any OpenAPI document\n\n");
        text.append(
                "- Rules between fields, session tokens, telemetry ids, error types: write them into `catalog.yml`.\n");
        if (draft.errors().url().equals(ImportOptions.NO_ERROR_URL)) {
            text.append("- The `error-url` of refusals: `about:blank` stands in for it.\n");
        }
        text.append("- Replies of a failure pass as they come; their schemas were not read.\n");
        return text.toString();
    }

    private static String heading(Kind kind) {
        return switch (kind) {
            case LEFT_OUT -> "Left out";
            case TAKEN_AS -> "Taken as something else";
            case ASKED -> "Asked for";
            case EXAMPLE -> "Examples that were not taken";
        };
    }

    /** As the pack's documents are read: a query for what carries no body. */
    static byte[] bytes(Candidate candidate) {
        boolean isQuery = candidate.direction() == Direction.REQUEST
                && !candidate.operation().hasBody();
        return isQuery ? query(candidate.value()) : JSON.writeValueAsBytes(candidate.value());
    }

    private static byte[] query(JsonNode parameters) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : parameters.properties()) {
            JsonNode value = each.getValue();
            List<JsonNode> items = value.isArray() ? value.valueStream().toList() : List.of(value);
            values.put(
                    each.getKey(), items.stream().map(item -> item.asString("")).toList());
        }
        return QueryText.of(values);
    }
}
