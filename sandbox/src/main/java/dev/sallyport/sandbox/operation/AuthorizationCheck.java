package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.directory.RolePolicy;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A question whether a session's roles allow an action on a resource. */
public record AuthorizationCheck(String resource, String action) {
    public static AuthorizationCheck in(Fields check) {
        return new AuthorizationCheck(check.requiredText("resource_id"), check.requiredText("action"));
    }

    /** Returns the {@code verdict} with the roles that allow it, or refuses. */
    public ObjectNode verdict(RolePolicy policy, List<String> roles, ErrorType denied) {
        List<String> granting = policy.granting(roles, resource, action);
        if (granting.isEmpty()) {
            throw Refusal.of(denied);
        }
        ObjectNode verdict = Json.object().put("authorized", true);
        verdict.set("granting_roles", Json.tree(granting));
        return verdict;
    }
}
