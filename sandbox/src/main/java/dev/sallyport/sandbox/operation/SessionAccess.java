package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SessionIssuer;
import dev.sallyport.sandbox.session.SignedSession;
import dev.sallyport.sandbox.session.Subject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What becomes of a session that is there when it is used: it was accessed, it may last longer, and it may know more. */
public final class SessionAccess {
    private final SessionIssuer issuer;
    private final Clock clock;

    public SessionAccess(SessionIssuer issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Signs for the session; it lasts from now if minutes are asked for, else as before. */
    public SignedSession visit(Session session, SessionWishes wishes) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Session accessed = session.accessed(wishes.customClaims(), now);
        return issuer.renew(
                wishes.minutes().map(minutes -> accessed.lasting(minutes, now)).orElse(accessed));
    }

    /** Adds what the subject has proved just now, and signs; refuses if the session is another user's. */
    SignedSession grow(Session session, Subject subject, Factor factor, SessionWishes wishes) {
        if (!session.subject().id().equals(subject.id())) {
            throw Refusal.of(ErrorType.MEMBER_SESSION_MEMBER_ID_MISMATCH);
        }
        return visit(session.withFactor(factor), wishes);
    }
}
