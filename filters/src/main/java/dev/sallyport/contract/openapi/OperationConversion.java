package dev.sallyport.contract.openapi;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.Operation.Query;
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
            OpenApiDocument document,
            Notes notes,
            Candidates candidates,
            Map<String, JsonNode> schemas,
            SchemaConversion requests,
            SchemaConversion replies) {
        this.document = document;
        this.notes = notes;
        this.candidates = candidates;
        this.schemas = schemas;
        this.requests = requests;
        this.replies = replies;
    }

    /** Adds the schemas and examples of an operation; its replies are those of {@link #replies}. */
    void add(Operation operation, Spot item, Spot spot, List<Spot> replyMedia) {
        unsaid(spot);
        if (operation.hasBody()) {
            body(operation, spot);
        }
        parameters(operation, item, spot);
        put(operation, Direction.REPLY, reply(replyMedia));
        replyMedia.stream()
                .filter(media -> !media.name().equals("content"))
                .forEach(media -> candidates.of(operation, Direction.REPLY, media));
    }

    /** The operation as a pack has it: where parameters stand beside a body, which has the only schema, they pass unread. */
    Operation served(Operation operation, Spot item, Spot spot) {
        boolean unread = operation.hasBody()
                && Stream.of(item, spot)
                        .flatMap(holder -> holder.below("parameters").children().stream())
                        .flatMap(parameter -> document.followed(parameter).stream())
                        .anyMatch(parameter -> parameter.text("in").equals("query"));
        return unread ? new Operation(operation.id(), operation.method(), operation.path(), Query.PASS) : operation;
    }

    private void unsaid(Spot spot) {
        if (spot.has("callbacks")) {
            notes.leftOut(spot.below("callbacks"), "calls of the provider are not a gateway's");
        }
        if (!spot.name().equals("post") && spot.has("requestBody")) {
            notes.leftOut(spot.below("requestBody"), "only POST carries a body here");
        }
    }

    private void body(Operation operation, Spot spot) {
        Spot body = spot.below("requestBody");
        Optional<Spot> there = document.followed(body);
        Optional<Spot> media = there.flatMap(found -> MediaTypes.json(found.below("content")));
        if (media.isEmpty()) {
            notes.takenAs(
                    body.isThere() ? body : spot,
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

    private void others(Spot content, Spot json) {
        content.children().stream()
                .filter(entry -> !entry.name().equals(json.name()))
                .forEach(entry -> notes.leftOut(entry, "only JSON is read"));
    }

    private JsonNode schema(Spot media, SchemaConversion conversion) {
        Spot schema = media.below("schema");
        if (schema.isThere()) {
            return conversion.schema(schema);
        }
        notes.leftOut(media, "has no schema; anything passes");
        return Schemas.NODES.objectNode();
    }

    private void parameters(Operation operation, Spot item, Spot spot) {
        var query = new QueryParameters(document, notes, requests);
        List<Spot> parameters = query.of(item, spot);
        for (Spot parameter : parameters) {
            String in = parameter.text("in");
            if (!Set.of("query", "path").contains(in)) {
                notes.leftOut(parameter, "stands in the " + in + ", which is passed on unchecked");
            } else if (in.equals("query") && operation.hasBody()) {
                notes.leftOut(
                        parameter, "is a query parameter beside a body, which is passed on unchecked (query: pass)");
            }
        }
        @Nullable JsonNode schema = operation.hasBody() ? null : query.schema(parameters);
        if (schema != null) {
            put(operation, Direction.REQUEST, schema);
            query.candidate(operation, parameters, spot, candidates);
        }
    }

    /** The JSON of every reply that is a success; empty if there is none. */
    List<Spot> replies(Spot spot) {
        List<Spot> media = new ArrayList<>();
        Spot responses = spot.below("responses");
        List<Spot> successes = responses.children().stream()
                .filter(reply -> reply.name().matches("2([0-9][0-9]|XX|xx)"))
                .toList();
        if (successes.isEmpty() && responses.has("default")) {
            notes.takenAs(
                    responses.below("default"), "taken for the reply of a success, because no other is described");
            successes = List.of(responses.below("default"));
        }
        for (Spot success : successes) {
            List<Spot> json = document.followed(success).map(this::jsonOf).orElse(List.of());
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

    private List<Spot> jsonOf(Spot reply) {
        Spot content = reply.below("content");
        Optional<Spot> json = MediaTypes.json(content);
        if (json.isEmpty()) {
            notes.leftOut(
                    content.isThere() ? content : reply,
                    "is a success without JSON (content: " + MediaTypes.listed(content) + "); such a reply is refused");
            return List.of();
        }
        others(content, json.get());
        return List.of(json.get());
    }

    private JsonNode reply(List<Spot> media) {
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
