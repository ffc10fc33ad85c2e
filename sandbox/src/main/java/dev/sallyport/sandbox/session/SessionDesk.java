package dev.sallyport.sandbox.session;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Opens sessions and signs for them. */
public final class SessionDesk {
    private final Clock clock;
    private final KeyRings keys;
    private final SessionStore store;
    private final PresignedSessions presigned;

    public SessionDesk(Clock clock, KeyRings keys, SessionStore store, int presignedPerKind) {
        this.clock = clock;
        this.keys = keys;
        this.store = store;
        this.presigned = new PresignedSessions(presignedPerKind);
    }

    /** Opens a session, or answers with one that was signed beforehand where that was asked for; never with custom claims. */
    public SignedSession open(Grant grant) {
        if (!grant.customClaims().isEmpty()) {
            return openNew(grant);
        }
        String kind = grant.kind() + "|" + keys.of(grant.projectId()).active().id();
        return presigned.next(kind, clock.instant(), () -> openNew(grant));
    }

    /** Signs anew for a session that has changed. */
    public SignedSession renew(Session session) {
        store.save(session);
        return sign(session);
    }

    private SignedSession openNew(Grant grant) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Session session = new Session("session-test-" + UUID.randomUUID(), SecretTokens.next(), grant, now, now);
        store.save(session);
        return sign(session);
    }

    private SignedSession sign(Session session) {
        Instant now = clock.instant();
        String jwt = keys.of(session.grant().projectId()).active().sign(SessionClaims.of(session, now));
        return new SignedSession(session, jwt, now);
    }
}
