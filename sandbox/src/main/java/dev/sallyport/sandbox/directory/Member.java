package dev.sallyport.sandbox.directory;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A person within one organization of a B2B project, as the provider would send it. */
public record Member(ObjectNode json) {
    public String id() {
        return json.path("member_id").asString();
    }

    public String organizationId() {
        return json.path("organization_id").asString();
    }

    public String email() {
        return json.path("email_address").asString();
    }

    public String externalId() {
        return json.path("external_id").asString("");
    }

    /** Tells whether a request may call this member by that name: the id or the external id. */
    public boolean answersTo(String name) {
        return name.equals(id()) || (!name.isEmpty() && name.equals(externalId()));
    }

    public boolean isEnrolledInMfa() {
        return json.path("mfa_enrolled").asBoolean();
    }

    public String phone() {
        return json.path("mfa_phone_number").asString();
    }

    public String totpId() {
        return json.path("totp_registration_id").asString();
    }

    public List<String> roles() {
        return json.path("roles").values().stream()
                .map(role -> role.path("role_id").asString())
                .toList();
    }

    @Override
    public String toString() {
        return "Member[" + id() + "]";
    }
}
