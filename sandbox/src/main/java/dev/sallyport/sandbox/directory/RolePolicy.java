package dev.sallyport.sandbox.directory;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which roles may do what in a product's projects: roles, each with the actions that it grants on a resource, where {@code *} is any
 * action; the resources with all their actions; scopes.
 */
public record RolePolicy(JsonNode document) {
    /** Returns those of the given roles that grant the action; none if it is not allowed. */
    public List<String> granting(List<String> held, String resource, String action) {
        return document.path("roles").values().stream()
                .filter(role -> held.contains(name(role)))
                .filter(role -> role.path("permissions").values().stream()
                        .anyMatch(permission -> grants(permission, resource, action)))
                .map(RolePolicy::name)
                .toList();
    }

    /** The same with an organization's own roles beside its own. */
    RolePolicy with(List<JsonNode> roles) {
        ObjectNode document = (ObjectNode) this.document.deepCopy();
        document.withArray("roles").addAll(roles);
        return new RolePolicy(document);
    }

    private static String name(JsonNode role) {
        return role.path("role_id").asString();
    }

    private static boolean grants(JsonNode permission, String resource, String action) {
        return permission.path("resource_id").asString().equals(resource)
                && permission.path("actions").values().stream()
                        .map(JsonNode::asString)
                        .anyMatch(granted -> granted.equals(action) || granted.equals("*"));
    }
}
