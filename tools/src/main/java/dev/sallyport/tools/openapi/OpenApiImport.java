package dev.sallyport.tools.openapi;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.contract.PathTemplate;
import dev.sallyport.tools.openapi.document.ImportOptions;
import dev.sallyport.tools.openapi.document.JsonCursor;
import dev.sallyport.tools.openapi.document.Notes;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import dev.sallyport.tools.openapi.document.Source;
import dev.sallyport.tools.openapi.pack.NewPack;
import dev.sallyport.tools.openapi.pack.PackDraft;
import dev.sallyport.tools.openapi.schema.Definitions;
import dev.sallyport.tools.openapi.schema.Definitions.Wanted;
import dev.sallyport.tools.openapi.schema.Directions;
import dev.sallyport.tools.openapi.schema.OperationNames;
import dev.sallyport.tools.openapi.schema.SchemaConversion;
import dev.sallyport.tools.openapi.schema.Schemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a contract pack of an OpenAPI document. Pure: nothing is read or written; see {@link NewPack} for that. */
public final class OpenApiImport {
    private static final List<String> METHODS = List.of("post", "get", "put", "patch", "delete");
    private static final List<String> UNSERVED = List.of("head", "options", "trace");
    private static final String PLAIN = "(/[A-Za-z0-9._~!$&'()*+,=:@-]+)+/?|/";

    private final OpenApiDocument document;
    private final ImportOptions options;
    private final Notes notes = new Notes();
    private final Source source;
    private final Directions directions;
    private final Definitions definitions;
    private final NavigableMap<String, JsonNode> schemas = new TreeMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, List<String>> statuses = new HashMap<>();
    private final OperationNames names = new OperationNames();
    private final Set<String> endpoints = new HashSet<>();
    private final ErrorReplies errors;
    private final Candidates candidates;

    private OpenApiImport(OpenApiDocument document, ImportOptions options) {
        this.document = document;
        this.options = options;
        this.source = new Source(document, notes, options);
        this.directions = new Directions(document);
        this.definitions = new Definitions(directions);
        this.candidates = new Candidates(document, notes);
        this.errors = new ErrorReplies(document, notes);
    }

    /** The pack for a document, and what it does not say. */
    public static PackDraft of(OpenApiDocument document, ImportOptions options) {
        return new OpenApiImport(document, options).draft();
    }

    private PackDraft draft() {
        JsonCursor root = document.root();
        if (root.has("webhooks")) {
            notes.leftOut(root.below("webhooks"), "calls of the provider are not a gateway's");
        }
        JsonCursor items = root.below("paths");
        for (JsonCursor item : items.children()) {
            if (!item.name().startsWith("x-")) {
                path(item);
            }
        }
        if (operations.isEmpty()) {
            throw document.problem(items, "must have at least one operation that the gateway can serve" + leftOut());
        }
        for (Wanted wanted = definitions.next(); wanted != null; wanted = definitions.next()) {
            schemas.put(Definitions.FOLDER + "/" + wanted.file(), definition(wanted));
        }
        errors.ask(options.errors());
        String title = root.below("info").text("title");
        return new PackDraft(
                title.isBlank() ? "Made from an OpenAPI document" : title,
                options.errors(),
                List.copyOf(operations),
                Map.copyOf(statuses),
                schemas,
                candidates.all(),
                notes.all());
    }

    private JsonNode definition(Wanted wanted) {
        ObjectNode out = Schemas.NODES.objectNode().put("$schema", Schemas.DIALECT);
        JsonNode schema = conversion(wanted.direction(), "").schema(wanted.schema());
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        object.properties().forEach(each -> out.set(each.getKey(), each.getValue()));
        return out;
    }

    private String leftOut() {
        return notes.all().stream()
                .map(note -> "; left out was #" + note.pointer() + ", which " + note.what())
                .collect(Collectors.joining());
    }

    private SchemaConversion conversion(Direction direction, String toDefinitions) {
        return new SchemaConversion(source, definitions, directions, direction, toDefinitions);
    }

    private void path(JsonCursor named) {
        Optional<JsonCursor> item = document.followed(named);
        if (item.isEmpty()) {
            notes.leftOut(named, "leads out of this document");
            return;
        }
        for (String method : UNSERVED) {
            if (item.get().has(method)) {
                notes.leftOut(item.get().below(method), "is not served: " + method.toUpperCase(Locale.ROOT));
            }
        }
        for (String method : METHODS) {
            if (item.get().has(method)) {
                operation(named.name(), method, item.get(), item.get().below(method));
            }
        }
    }

    private void operation(String template, String method, JsonCursor item, JsonCursor cursor) {
        String path = new ServerPath(options, notes).before(cursor, item, document.root()) + template;
        var conversion = new OperationConversion(
                source,
                candidates,
                schemas,
                conversion(Direction.REQUEST, "../" + Definitions.FOLDER + "/"),
                conversion(Direction.REPLY, "../" + Definitions.FOLDER + "/"));
        @Nullable String unservable = unservable(path, method, cursor);
        List<JsonCursor> replies = unservable == null ? conversion.replies(cursor) : List.of();
        if (unservable == null && replies.isEmpty()) {
            unservable = "describes no success with a JSON reply";
        }
        PathTemplate paths = template(path);
        if (unservable == null && !endpoints.add(method + " " + paths.shape())) {
            unservable = "shares its path and method with another operation";
        }
        if (unservable != null) {
            notes.leftOut(cursor, unservable);
            return;
        }
        String id = names.name(cursor.text("operationId"), method, template);
        var operation = conversion.served(
                new Operation(id, method.toUpperCase(Locale.ROOT), paths, Query.REFUSE), item, cursor);
        operations.add(operation);
        statuses.put(id, conversion.statuses());
        conversion.add(operation, item, cursor, replies);
        errors.of(cursor);
    }

    /** Why the gateway cannot serve an operation; null if it can. */
    private @Nullable String unservable(String path, String method, JsonCursor cursor) {
        if (Set.of("put", "patch").contains(method) && cursor.has("requestBody")) {
            return "carries a body, and only POST does here";
        }
        boolean wholeSteps =
                path.replaceAll("/\\{[A-Za-z0-9_.-]+}(?=/|$)", "/x").matches(PLAIN);
        return wholeSteps ? null : "has a path that is not of plain characters";
    }

    /** Its steps that are not exact, of which one may name the project. */
    private PathTemplate template(String path) {
        List<String> projects = PathTemplate.placeholders(path).stream()
                .filter(options.projectSteps()::contains)
                .toList();
        return new PathTemplate(path, projects.size() == 1 ? projects.get(0) : null);
    }
}
