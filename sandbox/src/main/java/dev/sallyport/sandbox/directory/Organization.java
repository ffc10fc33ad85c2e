package dev.sallyport.sandbox.directory;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tenant of a B2B project, as the provider would send it. */
public record Organization(ObjectNode json) {
    public String id() {
        return json.path("organization_id").asString();
    }

    public String slug() {
        return json.path("organization_slug").asString();
    }

    /** Tells whether a request may call this organization by that name: its id, its slug or its external id. */
    public boolean answersTo(String name) {
        return name.equals(id())
                || name.equals(slug())
                || name.equals(json.path("organization_external_id").asString(""));
    }

    public boolean requiresMfa() {
        return json.path("mfa_policy").asString().equals("REQUIRED_FOR_ALL");
    }

    public boolean restrictsAuthMethods() {
        return json.path("auth_methods").asString().equals("RESTRICTED");
    }

    /** Its own, beside those of every organization of the project. */
    public List<JsonNode> roles() {
        return List.copyOf(json.path("custom_roles").values());
    }

    public List<String> allowedAuthMethods() {
        return json.path("allowed_auth_methods").values().stream()
                .map(JsonNode::asString)
                .toList();
    }
}
