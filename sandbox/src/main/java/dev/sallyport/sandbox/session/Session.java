package dev.sallyport.sandbox.session;

import dev.sallyport.sandbox.reply.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A login that lasts. Its token is the secret that stands for it. */
public record Session(String id, String token, Grant grant, Instant startedAt, Instant lastAccessedAt) {
    public Instant expiresAt() {
        return startedAt.plus(Duration.ofMinutes(grant.minutes()));
    }

    public Subject subject() {
        return grant.subject();
    }

    /** Returns the same session after another factor was proved. */
    public Session withFactor(Factor factor) {
        List<Factor> factors =
                Stream.concat(grant.factors().stream(), Stream.of(factor)).toList();
        return new Session(id, token, grant.with(factors, grant.customClaims()), startedAt, lastAccessedAt);
    }

    /** Returns the session after a visit that asked for these custom claims beside those that are there. */
    public Session accessed(ObjectNode askedClaims, Instant now) {
        ObjectNode claims = SessionClaims.merged(grant.customClaims(), askedClaims);
        return new Session(id, token, grant.with(grant.factors(), claims), startedAt, now);
    }

    /** Returns the session with its end moved to so many minutes from {@code now}. */
    public Session lasting(int minutes, Instant now) {
        int sinceStart = (int) Duration.between(startedAt, now).toMinutes() + minutes;
        return new Session(id, token, grant.lasting(sinceStart), startedAt, lastAccessedAt);
    }

    /** Returns what replies carry as {@code session}, or {@code member_session} if its subject is a member. */
    public ObjectNode json() {
        ObjectNode node = Json.object();
        grant.subject()
                .organization()
                .ifPresentOrElse(
                        organization -> node.put("member_session_id", id)
                                .put("member_id", grant.subject().id())
                                .put("organization_id", organization.id())
                                .put("organization_slug", organization.slug()),
                        () -> node.put("session_id", id)
                                .put("user_id", grant.subject().id())
                                .set("attributes", attributes()));
        putTimes(node);
        node.set("authentication_factors", factors());
        node.set("roles", Json.tree(grant.subject().roles()));
        node.set("custom_claims", grant.customClaims());
        return node;
    }

    void putTimes(ObjectNode node) {
        node.put("started_at", Timestamps.of(startedAt))
                .put("last_accessed_at", Timestamps.of(lastAccessedAt))
                .put("expires_at", Timestamps.of(expiresAt()));
    }

    ArrayNode factors() {
        ArrayNode factors = Json.array();
        grant.factors().forEach(factor -> factors.add(factor.json()));
        return factors;
    }

    static ObjectNode attributes() {
        return Json.object().put("ip_address", "").put("user_agent", "");
    }

    @Override
    public String toString() {
        return "Session[" + id + "]";
    }
}
