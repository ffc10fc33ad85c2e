package dev.sallyport.sandbox.fault;

import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Breaks the schema of a reply that stays JSON. */
final class BodyFaults {
    private static final List<String> REQUIRED = List.of(
            "user_id", "member_id", "user", "member", "sessions", "member_sessions", "project_id", "request_id");
    private static final List<String> TYPED = List.of("user", "member", "sessions", "member_sessions", "status_code");
    private static final List<String> SESSIONS = List.of("session", "member_session");
    private static final List<String> NOT_NULL = List.of("session_token", "request_id");

    private BodyFaults() {}

    static Reply apply(Fault fault, Reply reply) {
        ObjectNode body = reply.tree();
        spoil(fault, body);
        return reply.withContent(Json.bytes(body));
    }

    private static void spoil(Fault fault, ObjectNode body) {
        switch (fault) {
            case MISSING_FIELD -> body.remove(first(body, REQUIRED));
            case WRONG_TYPE -> body.put(first(body, TYPED), "neither an object, nor a list, nor a number");
            case NULL_FIELD -> body.putNull(first(body, NOT_NULL));
            case UNKNOWN_FIELD -> body.put("sandbox_surprise", "a member that no schema knows");
            case STATUS_MISMATCH ->
                body.put("status_code", body.path("status_code").asInt() + 1);
            case INCONSISTENT ->
                body.put(
                        "member_authenticated",
                        !body.path("member_authenticated").asBoolean(true));
            case SHORT_SESSION ->
                SESSIONS.stream().map(body::path).filter(JsonNode::isObject).forEach(BodyFaults::shorten);
            default -> throw new IllegalArgumentException("no fault of bodies: " + fault);
        }
    }

    private static void shorten(JsonNode session) {
        Instant visited = Instant.parse(session.path("last_accessed_at").asString());
        ((ObjectNode) session)
                .put("expires_at", visited.plus(Duration.ofMinutes(1)).toString());
    }

    /** Returns the first of these members that the body has; the last of them is in every reply. */
    private static String first(ObjectNode body, List<String> names) {
        return names.stream().filter(body::has).findFirst().orElseThrow();
    }
}
