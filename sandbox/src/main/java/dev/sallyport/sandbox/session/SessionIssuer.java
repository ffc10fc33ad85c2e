package dev.sallyport.sandbox.session;

import dev.sallyport.sandbox.session.key.KeyRings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;

/** Opens sessions and signs for them. */
public final class SessionIssuer {
    private static final Duration FRESH = Duration.ofMinutes(2);

    private final Clock clock;
    private final KeyRings keys;
    private final SessionStore store;
    private final PresignedSessions presigned;

    public SessionIssuer(Clock clock, KeyRings keys, SessionStore store, int presignedPerKind) {
        this.clock = clock;
        this.keys = keys;
        this.store = store;
        this.presigned = new PresignedSessions(presignedPerKind);
    }

    /** Opens a session, or answers with one that was signed beforehand where that was asked for. */
    public SignedSession open(Grant grant) {
        return next(grant.kind(), grant, () -> openNew(grant));
    }

    /** Signs anew for a session that was visited; where that was asked for, with a JWT that was signed beforehand. */
    public SignedSession renew(Session session) {
        store.save(session);
        return next(session.id() + "|" + session.grant().kind(), session.grant(), () -> sign(session));
    }

    private SignedSession next(String kind, Grant grant, Supplier<SignedSession> fresh) {
        String kindAndKey = kind + "|" + keys.of(grant.projectId()).active().id();
        return presigned.next(kindAndKey, this::isStillGood, fresh);
    }

    /** A JWT lives for five minutes: one that is two minutes old is good for three at least. */
    private boolean isStillGood(SignedSession signed) {
        return signed.signedAt().plus(FRESH).isAfter(clock.instant())
                && store.byId(signed.session().id()).isPresent();
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
