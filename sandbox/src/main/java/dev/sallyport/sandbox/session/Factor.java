package dev.sallyport.sandbox.session;

import dev.sallyport.sandbox.reply.Json;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * One way in which a user proved who they are.
 *
 * @param detail the factor's own object by its member name, for example {@code email_factor}; may be empty
 */
public record Factor(
        String type, String deliveryMethod, Map<String, Map<String, String>> detail, Instant authenticatedAt) {
    public Factor {
        detail = Map.copyOf(detail);
    }

    public static Factor magicLink(String emailId, String address, Instant at) {
        Map<String, String> email = Map.of("email_id", emailId, "email_address", address);
        return new Factor("magic_link", "email", Map.of("email_factor", email), at);
    }

    public static Factor password(Instant at) {
        return new Factor("password", "knowledge", Map.of(), at);
    }

    public static Factor smsCode(String phoneId, String number, Instant at) {
        Map<String, String> phone = Map.of("phone_id", phoneId, "phone_number", number);
        return new Factor("otp", "sms", Map.of("phone_number_factor", phone), at);
    }

    /** Returns the factor of a migrated session; the provider names Auth0 whichever provider it came from. */
    public static Factor imported(Instant at) {
        return new Factor("imported", "imported_auth0", Map.of(), at);
    }

    public static Factor trustedToken(String tokenId, Instant at) {
        Map<String, Map<String, String>> detail = Map.of("trusted_auth_token_factor", Map.of("token_id", tokenId));
        return new Factor("trusted_auth_token", "trusted_token_exchange", detail, at);
    }

    /** Returns the factor of a session that a connected app's access token was exchanged for. */
    public static Factor accessToken(String clientId, Instant at) {
        Map<String, Map<String, String>> detail =
                Map.of("oauth_access_token_exchange_factor", Map.of("client_id", clientId));
        return new Factor("oauth", "oauth_access_token_exchange", detail, at);
    }

    /** Tells whether this can be the second step of a login. */
    public boolean isSecondary() {
        return type.equals("totp") || (type.equals("otp") && deliveryMethod.equals("sms"));
    }

    /** Tells whether this first step counts in another organization; passwords belong to one only. */
    public boolean carriesOver() {
        return !isSecondary() && !type.equals("password");
    }

    /** Returns the name under which an organization lists this way of logging in. */
    public String authMethod() {
        return deliveryMethod.startsWith("oauth_") ? deliveryMethod.substring("oauth_".length()) + "_oauth" : type;
    }

    ObjectNode json() {
        ObjectNode node = Json.object()
                .put("type", type)
                .put("delivery_method", deliveryMethod)
                .put("last_authenticated_at", Timestamps.of(authenticatedAt));
        detail.forEach((name, members) -> node.set(name, Json.tree(members)));
        return node;
    }
}
