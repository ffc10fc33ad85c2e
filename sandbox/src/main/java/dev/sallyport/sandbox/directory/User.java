package dev.sallyport.sandbox.directory;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A user of a consumer project, as the provider would send it. */
public record User(ObjectNode json) {
    public String id() {
        return json.path("user_id").asString();
    }

    public List<String> roles() {
        return json.path("roles").values().stream().map(JsonNode::asString).toList();
    }

    public String externalId() {
        return json.path("external_id").asString("");
    }

    /** Tells whether a request may call this user by that name: the id or the external id. */
    boolean answersTo(String name) {
        return name.equals(id()) || (!name.isEmpty() && name.equals(externalId()));
    }

    boolean hasEmail(String address) {
        return json.path("emails").values().stream()
                .anyMatch(email -> email.path("email").asString().equalsIgnoreCase(address));
    }

    @Override
    public String toString() {
        return "User[" + id() + "]";
    }
}
