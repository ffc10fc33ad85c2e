package dev.sallyport.sandbox.session;

import java.time.Instant;

/** A session together with the JWT that was signed for it. */
public record SignedSession(Session session, String jwt, Instant signedAt) {
    @Override
    public String toString() {
        return "SignedSession[" + session.id() + "]";
    }
}
