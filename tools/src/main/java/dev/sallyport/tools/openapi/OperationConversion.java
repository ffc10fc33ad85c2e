package dev.sallyport.tools.openapi;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Operation.Query;
import dev.sallyport.tools.openapi.document.JsonCursor;
import dev.sallyport.tools.openapi.document.MediaTypes;
import dev.sallyport.tools.openapi.document.Notes;
import dev.sallyport.tools.openapi.document.OpenApiDocument;
import dev.sallyport.tools.openapi.document.Source;
import dev.sallyport.tools.openapi.schema.SchemaConversion;
import dev.sallyport.tools.openapi.schema.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The bodies of one operation of the document, as the two schemas of an operation of the pack. */
final class OperationConversion {
    private final OpenApiDocument document;
    private final Notes notes;
    private final Candidates candidates;
    private final Map<String, JsonNode> schemas;
    private final SchemaConversion requests;
    private final SchemaConversion replies;
    private final Set<String> statuses = new TreeSet<>();

    OperationConversion(
            Source source,
            Candidates candidates,
            Map<String, JsonNode> schemas,
            SchemaConversion requests,
            SchemaConversion replies) {
        this.document = source.document();
        this.notes = source.notes();
        this.candidates = candidates;
        this.schemas = schemas;
        this.requests = requests;
        this.replies = replies;
    }

    /** Adds the schemas and examples of an operation; its replies are those of {@link #replies}. */
    void add(Operation operation, JsonCursor item, JsonCursor cursor, List<JsonCursor> replyMedia) {
        unsaid(cursor);
        if (operation.hasBody()) {
            body(operation, cursor);
        }
        parameters(operation, item, cursor);
        put(operation, Direction.REPLY, reply(replyMedia));
        replyMedia.stream()
                .filter(media -> !media.name().equals("content"))
                .forEach(media -> candidates.of(operation, Direction.REPLY, media));
    }

    /** The operation as a pack has it: where parameters stand beside a body, which has the only schema, they pass unread. */
    Operation served(Operation operation, JsonCursor item, JsonCursor cursor) {
        boolean unread = operation.hasBody()
                && Stream.of(item, cursor)
                        .flatMap(holder -> holder.below("parameters").children().stream())
                        .flatMap(parameter -> document.followed(parameter).stream())
                        .anyMatch(parameter -> parameter.text("in").equals("query"));
        return unread ? new Operation(operation.id(), operation.method(), operation.template(), Query.PASS) : operation;
    }

    private void unsaid(JsonCursor cursor) {
        if (cursor.has("callbacks")) {
            notes.leftOut(cursor.below("callbacks"), "calls of the provider are not a gateway's");
        }
        if (!cursor.name().equals("post") && cursor.has("requestBody")) {
            notes.leftOut(cursor.below("requestBody"), "only POST carries a body here");
        }
    }

    private void body(Operation operation, JsonCursor cursor) {
        JsonCursor body = cursor.below("requestBody");
        Optional<JsonCursor> there = document.followed(body);
        Optional<JsonCursor> media = there.flatMap(found -> MediaTypes.json(found.below("content")));
        if (media.isEmpty()) {
            notes.takenAs(
                    body.isThere() ? body : cursor,
                    "has no JSON body that this document describes; POST takes one here, and any passes");
            put(operation, Direction.REQUEST, Schemas.NODES.objectNode());
            return;
        }
        if (!there.get().says("required")) {
            notes.takenAs(there.get(), "need not be there; POST without a JSON body is refused here");
        }
        others(there.get().below("content"), media.get());
        put(operation, Direction.REQUEST, schema(media.get(), requests));
        candidates.of(operation, Direction.REQUEST, media.get());
    }

    private void others(JsonCursor content, JsonCursor json) {
        content.children().stream()
                .filter(entry -> !entry.name().equals(json.name()))
                .forEach(entry -> notes.leftOut(entry, "only JSON is read"));
    }

    private JsonNode schema(JsonCursor media, SchemaConversion conversion) {
        JsonCursor schema = media.below("schema");
        if (schema.isThere()) {
            return conversion.schema(schema);
        }
        notes.leftOut(media, "has no schema; anything passes");
        return Schemas.NODES.objectNode();
    }

    private void parameters(Operation operation, JsonCursor item, JsonCursor cursor) {
        var query = new QueryParameters(document, notes, requests);
        List<JsonCursor> parameters = query.of(item, cursor);
        for (JsonCursor parameter : parameters) {
            String in = parameter.text("in");
            if (!Set.of("query", "path").contains(in)) {
                notes.leftOut(parameter, "stands in the " + in + ", which is passed on unchecked");
            } else if (in.equals("path") && isNarrow(operation, parameter)) {
                notes.leftOut(parameter, "stands in the path, where any step passes");
            } else if (in.equals("query") && operation.hasBody()) {
                notes.leftOut(
                        parameter, "is a query parameter beside a body, which is passed on unchecked (query: pass)");
            }
        }
        @Nullable JsonNode schema = operation.hasBody() ? null : query.schema(parameters);
        if (schema != null) {
            put(operation, Direction.REQUEST, schema);
            query.candidate(operation, parameters, cursor, candidates);
        }
    }

    /** Whether its schema says more than that it is a text; the project is looked at elsewhere. */
    private boolean isNarrow(Operation operation, JsonCursor parameter) {
        boolean isProject = parameter.text("name").equals(operation.template().project());
        Optional<JsonCursor> schema = document.followed(parameter.below("schema"));
        return !isProject
                && schema.map(JsonCursor::children).orElse(List.of()).stream()
                        .anyMatch(keyword -> !Schemas.isAnnotation(keyword.name())
                                && !keyword.name().equals("example")
                                && !keyword.node().asString("").equals("string"));
    }

    /** The JSON of every reply that is a success; empty if there is none. */
    List<JsonCursor> replies(JsonCursor cursor) {
        List<JsonCursor> media = new ArrayList<>();
        JsonCursor responses = cursor.below("responses");
        List<JsonCursor> successes = responses.children().stream()
                .filter(reply -> reply.name().matches("2([0-9][0-9]|XX|xx)"))
                .toList();
        if (successes.isEmpty() && responses.has("default")) {
            notes.takenAs(
                    responses.below("default"), "taken for the reply of a success, because no other is described");
            successes = List.of(responses.below("default"));
        }
        for (JsonCursor success : successes) {
            List<JsonCursor> json = document.followed(success).map(this::jsonOf).orElse(List.of());
            if (!json.isEmpty()) {
                statuses.add(success.name().matches("[0-9]+") ? success.name() : "2XX");
            }
            media.addAll(json);
        }
        return media;
    }

    /** The statuses of {@link #replies}, as a catalog writes them. */
    List<String> statuses() {
        return statuses.contains("2XX") ? List.of("2XX") : List.copyOf(statuses);
    }

    private List<JsonCursor> jsonOf(JsonCursor reply) {
        JsonCursor content = reply.below("content");
        Optional<JsonCursor> json = MediaTypes.json(content);
        if (json.isEmpty()) {
            notes.leftOut(
                    content.isThere() ? content : reply,
                    "is a success without JSON (content: " + MediaTypes.listed(content) + "); such a reply is refused");
            return List.of();
        }
        others(content, json.get());
        return List.of(json.get());
    }

    private JsonNode reply(List<JsonCursor> media) {
        Set<JsonNode> different = new LinkedHashSet<>();
        media.forEach(each -> different.add(schema(each, replies)));
        if (different.size() == 1) {
            return different.iterator().next();
        }
        ArrayNode choice = Schemas.NODES.arrayNode();
        different.forEach(choice::add);
        media.forEach(each -> notes.takenAs(each, "whatever the status, one of the operation's replies passes"));
        return Schemas.NODES.objectNode().set("anyOf", choice);
    }

    private void put(Operation operation, Direction direction, JsonNode schema) {
        String side = direction.name().toLowerCase(Locale.ROOT);
        ObjectNode out = Schemas.NODES.objectNode();
        out.put("$schema", Schemas.DIALECT);
        out.put("title", (direction == Direction.REQUEST ? "Request of " : "Reply of ") + operation.id());
        if (schema instanceof ObjectNode object) {
            object.properties().forEach(each -> out.set(each.getKey(), each.getValue()));
        } else if (schema.isBoolean() && !schema.booleanValue()) {
            out.putObject("not");
        }
        schemas.put(operation.id() + "/" + side + ".schema.json", out);
    }
}
