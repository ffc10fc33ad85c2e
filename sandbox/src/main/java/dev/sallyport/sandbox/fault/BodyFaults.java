package dev.sallyport.sandbox.fault;

import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Reply;
import tools.jackson.databind.node.ObjectNode;

/** Breaks the schema of a reply that stays JSON. */
final class BodyFaults {
    private BodyFaults() {}

    static Reply apply(Fault fault, Reply reply) {
        ObjectNode body = reply.tree();
        spoil(fault, body);
        return reply.withContent(Json.bytes(body));
    }

    private static void spoil(Fault fault, ObjectNode body) {
        switch (fault) {
            case MISSING_FIELD -> body.remove(present(body, "user_id", "member_id"));
            case WRONG_TYPE -> body.put(present(body, "user", "member"), "not an object");
            case NULL_FIELD -> body.putNull("session_token");
            case UNKNOWN_FIELD -> body.put("sandbox_surprise", "a member that no schema knows");
            case STATUS_MISMATCH ->
                body.put("status_code", body.path("status_code").asInt() + 1);
            case INCONSISTENT ->
                body.put(
                        "member_authenticated",
                        !body.path("member_authenticated").asBoolean(true));
            default -> throw new IllegalArgumentException("no fault of bodies: " + fault);
        }
    }

    private static String present(ObjectNode body, String first, String second) {
        return body.has(first) ? first : second;
    }
}
