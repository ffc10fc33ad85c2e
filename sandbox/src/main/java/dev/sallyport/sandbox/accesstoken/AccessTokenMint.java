package dev.sallyport.sandbox.accesstoken;

import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.session.key.KeyRing;
import dev.sallyport.sandbox.session.key.KeyRings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Signs access tokens as the provider does for a connected app: an hour long, with a scope and no session. */
public final class AccessTokenMint {
    private static final String CLIENT_ID = "connected-app-test-eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee";
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final KeyRings keys;
    private final Clock clock;

    public AccessTokenMint(KeyRings keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Returns a token for that user or member, good but for the flaws. */
    public String token(String projectId, String subjectId, Set<AccessTokenFlaw> flaws) {
        Instant issued = issued(flaws);
        ObjectNode claims = Json.object()
                .put("iss", "stytch.com/" + projectId)
                .put("sub", flaws.contains(AccessTokenFlaw.UNKNOWN_SUBJECT) ? "unknown" : subjectId)
                .put("jti", "access-token-" + UUID.randomUUID())
                .put("client_id", CLIENT_ID)
                .put("scope", flaws.contains(AccessTokenFlaw.WITHOUT_FULL_ACCESS) ? "openid" : "openid full_access")
                .put("iat", issued.getEpochSecond())
                .put("nbf", issued.getEpochSecond())
                .put("exp", issued.plus(LIFETIME).getEpochSecond());
        claims.putArray("aud").add(projectId);
        KeyRing ring = keys.of(projectId);
        return flaws.contains(AccessTokenFlaw.BAD_SIGNATURE)
                ? ring.unpublished().signAs(ring.active().id(), claims)
                : ring.active().sign(claims);
    }

    private Instant issued(Set<AccessTokenFlaw> flaws) {
        Instant now = clock.instant();
        if (flaws.contains(AccessTokenFlaw.EXPIRED)) {
            return now.minus(LIFETIME).minusSeconds(1);
        }
        return flaws.contains(AccessTokenFlaw.TOO_OLD) ? now.minusSeconds(301) : now;
    }
}
