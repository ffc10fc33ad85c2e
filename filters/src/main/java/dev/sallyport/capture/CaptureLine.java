package dev.sallyport.capture;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.schema.file.KnownMembers;
import dev.sallyport.json.StrictJson;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a call of one operation into a line of a capture. No header is looked at. What cannot be read strictly is told by its
 * size: of such a body it cannot be said where its secrets stand. Thread-safe.
 */
public final class CaptureLine {
    /** Of the format; raised when old readers would misread it. */
    public static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Contract contract;
    private final Set<String> projects;

    /**
     * Lines for an operation.
     *
     * @param projects the projects that the operator listed: their ids are no secret
     */
    public CaptureLine(Contract contract, Set<String> projects) {
        this.contract = contract;
        this.projects = Set.copyOf(projects);
    }

    /** Something that was said: a document that could be read, or its size and why it could not. */
    private record Said(String form, @Nullable JsonNode document, KnownMembers members, int bytes, String why) {}

    byte[] of(long time, Call call, @Nullable Answer answer, CapturedOutcome outcome) {
        var masking = new Masking(contract.metadata().pack().plain());
        @Nullable Said request = request(call);
        @Nullable Said reply = answer == null ? null : reply(answer);
        learn(masking, request);
        learn(masking, reply);
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("version", VERSION);
        line.put("time", Instant.ofEpochMilli(time).toString());
        if (!call.trail().requestId().isEmpty()) {
            line.put("request-id", call.trail().requestId());
        }
        line.put("operation", call.operation());
        line.put("project", project(masking, call.project(), answer));
        line.set("request", shown(masking, request));
        if (answer != null) {
            line.put("status", answer.status());
        }
        line.set("reply", shown(masking, reply));
        line.put("outcome", outcome.outcome());
        line.put("reason", outcome.reason());
        byte[] json = JSON.writeValueAsBytes(line);
        byte[] ended = Arrays.copyOf(json, json.length + 1);
        ended[json.length] = '\n';
        return ended;
    }

    private @Nullable Said request(Call call) {
        KnownMembers members = contract.metadata().request().members();
        Reading reading = contract.readRequest(call);
        return contract.operation().hasBody()
                ? said(call.body(), members, reading)
                : query(Query.written(call.target()), members, reading);
    }

    private @Nullable Said query(String query, KnownMembers members, Reading reading) {
        if (query.isEmpty() && !contract.readsRequests()) {
            return null;
        }
        @Nullable ObjectNode parameters = reading instanceof Unreadable ? null : Query.decoded(query);
        String why = reading instanceof Unreadable unreadable ? unreadable.what() : "could be read in two ways";
        return parameters == null
                ? new Said("unreadable", null, members, query.length(), why)
                : new Said("query", parameters, members, 0, "");
    }

    private Said reply(Answer answer) {
        KnownMembers members = answer.isError()
                ? contract.metadata().pack().error()
                : contract.metadata().reply().members();
        return said(answer.body(), members, contract.readReply(answer.body()));
    }

    private static Said said(byte[] body, KnownMembers members, Reading reading) {
        if (reading instanceof Unreadable unreadable) {
            return unreadable(body, members, unreadable);
        }
        try {
            return new Said("json", JSON.readTree(body), members, body.length, "");
        } catch (ArithmeticException | NumberFormatException absurd) { // where the contract looks at no number
            return unreadable(body, members, StrictJson.absurdNumber());
        }
    }

    private static Said unreadable(byte[] body, KnownMembers members, Unreadable reading) {
        return new Said("unreadable", null, members, body.length, reading.what());
    }

    private static void learn(Masking masking, @Nullable Said said) {
        if (said != null && said.document() != null) {
            masking.learn(said.document(), said.members());
        }
    }

    /**
     * A project's id is harmless if the operator listed it, or if the provider took it for one. Anything else may be a secret
     * in the wrong place.
     */
    private @Nullable String project(Masking masking, @Nullable String project, @Nullable Answer answer) {
        if (project == null || projects.contains(project)) {
            return project;
        }
        boolean taken = projects.isEmpty() && answer != null && answer.isSuccess();
        if (taken && HarmlessText.is(project) && !masking.isSecret(project)) {
            return project;
        }
        masking.learn(project);
        return masking.masked(project);
    }

    private static JsonNode shown(Masking masking, @Nullable Said said) {
        if (said == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        if (said.document() == null) {
            shown.putObject(said.form()).put("bytes", said.bytes()).put("why", said.why());
        } else {
            shown.set(said.form(), masking.masked(said.document(), said.members()));
        }
        return shown;
    }
}
