package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.SessionSelector;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.session.Session;
import java.util.Optional;

/**
 * The member on whose behalf a B2B call is made, named by one of two headers. Without them the project itself acts, and may
 * do anything.
 */
public final class ActingMember {
    private static final String TOKEN = "X-Stytch-Member-Session";
    private static final String JWT = "X-Stytch-Member-SessionJWT";

    private final Directory directory;
    private final SessionSelector selector;

    public ActingMember(Directory directory, SessionSelector selector) {
        this.directory = directory;
        this.selector = selector;
    }

    /** Refuses if the headers name a session whose member may not revoke the other's. */
    void mayRevokeSessionsOf(Call call, Member other) {
        session(call).ifPresent(session -> check(session, other));
    }

    private Optional<Session> session(Call call) {
        Optional<String> token = call.header(TOKEN);
        Optional<String> jwt = call.header(JWT);
        if (token.isPresent() && jwt.isPresent()) {
            throw Refusal.of(ErrorType.TOO_MANY_SESSION_ARGUMENTS);
        }
        return token.map(value -> selector.byToken(call.project(), value))
                .or(() -> jwt.map(value -> selector.byJwt(call.project(), value)));
    }

    private void check(Session session, Member other) {
        Organization home = session.subject().organization().orElseThrow();
        if (!home.id().equals(other.organizationId())) {
            throw Refusal.of(ErrorType.SESSION_AUTHORIZATION_TENANCY_ERROR);
        }
        String resource = session.subject().id().equals(other.id()) ? "stytch.self" : "stytch.member";
        if (directory
                .policy(home)
                .granting(session.subject().roles(), resource, "revoke.sessions")
                .isEmpty()) {
            throw Refusal.of(ErrorType.SESSION_AUTHORIZATION_ERROR);
        }
    }
}
