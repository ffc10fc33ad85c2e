package dev.sallyport.sandbox.session;

import dev.sallyport.sandbox.reply.Json;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a session's JWT says. It lives for five minutes, however long the session does. */
public final class SessionClaims {
    /** Names that custom claims cannot take: such a claim is ignored. */
    private static final Set<String> RESERVED = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

    private static final long LIFETIME_SECONDS = 300;

    private SessionClaims() {}

    static ObjectNode of(Session session, Instant now) {
        ObjectNode claims = session.grant().customClaims().deepCopy();
        String project = session.grant().projectId();
        long issued = now.getEpochSecond();
        claims.putArray("aud").add(project);
        claims.put("iss", "stytch.com/" + project).put("sub", session.subject().id());
        claims.put("iat", issued).put("nbf", issued).put("exp", issued + LIFETIME_SECONDS);
        claims.set("https://stytch.com/session", sessionClaim(session));
        session.subject()
                .organization()
                .ifPresent(organization -> claims.putObject("https://stytch.com/organization")
                        .put("organization_id", organization.id())
                        .put("slug", organization.slug()));
        return claims;
    }

    /**
     * Returns the custom claims after the caller has asked for some: reserved names are ignored, a null removes a claim, and
     * objects are merged member by member, as in RFC 7396.
     */
    static ObjectNode merged(ObjectNode claims, ObjectNode asked) {
        return patched(claims, asked.deepCopy().remove(RESERVED));
    }

    private static ObjectNode patched(ObjectNode old, ObjectNode patch) {
        ObjectNode merged = old.deepCopy();
        patch.properties().forEach(claim -> {
            String name = claim.getKey();
            if (claim.getValue().isNull()) {
                merged.remove(name);
            } else if (claim.getValue() instanceof ObjectNode object) {
                merged.set(name, patched(merged.get(name) instanceof ObjectNode there ? there : Json.object(), object));
            } else {
                merged.set(name, claim.getValue());
            }
        });
        return merged;
    }

    private static ObjectNode sessionClaim(Session session) {
        ObjectNode claim = Json.object().put("id", session.id());
        session.putTimes(claim);
        claim.set("attributes", Session.attributes());
        claim.set("authentication_factors", session.factors());
        claim.set("roles", Json.tree(session.subject().roles()));
        return claim;
    }
}
