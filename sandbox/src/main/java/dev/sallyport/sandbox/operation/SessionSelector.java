package dev.sallyport.sandbox.operation;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.sallyport.sandbox.directory.Project;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.session.SecretTokens;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SessionStore;
import dev.sallyport.sandbox.session.key.KeyRings;
import dev.sallyport.sandbox.session.key.OwnJwt;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the session that a request names, by token, by JWT or by id. An expired JWT still names its session. */
public final class SessionSelector {
    private static final List<String> SELECTORS = List.of("session_token", "session_jwt");

    private final SessionStore store;
    private final KeyRings keys;

    public SessionSelector(SessionStore store, KeyRings keys) {
        this.store = store;
        this.keys = keys;
    }

    /** Returns the session; refuses unless exactly one selector is given. */
    public Session one(Call call) {
        return atMostOne(call).orElseThrow(() -> Refusal.of(ErrorType.NO_SESSION_ARGUMENTS));
    }

    /** Returns the session if any is named; refuses if two are, or if it is not there. */
    Optional<Session> atMostOne(Call call) {
        return call.fields()
                .atMostOneOf(SELECTORS, ErrorType.TOO_MANY_SESSION_ARGUMENTS)
                .map(selected -> session(call.project(), selected));
    }

    /** Returns the session that is named by its token, its JWT, or else its id; refuses if it is not there. */
    public Session session(Project project, Fields.Selected selected) {
        return switch (selected.by()) {
            case "session_token" -> byToken(project, selected.value());
            case "session_jwt" -> byJwt(project, selected.value());
            default -> found(project, store.byId(selected.value()));
        };
    }

    public Session byToken(Project project, String token) {
        if (!SecretTokens.isWellFormed(token)) {
            throw Refusal.of(ErrorType.INVALID_SESSION_TOKEN);
        }
        return found(project, store.byToken(token));
    }

    public Session byJwt(Project project, String jwt) {
        String id = OwnJwt.claims(keys.of(project.id()), jwt)
                .flatMap(SessionSelector::sessionId)
                .orElseThrow(() -> Refusal.of(ErrorType.UNABLE_TO_PARSE_SESSION_JWT));
        return found(project, store.byId(id));
    }

    private static Session found(Project project, Optional<Session> session) {
        return session.filter(there -> there.grant().projectId().equals(project.id()))
                .orElseThrow(() -> Refusal.of(ErrorType.SESSION_NOT_FOUND));
    }

    /** Returns the id in the session claim; access tokens, signed with the same keys, have none. */
    private static Optional<String> sessionId(JWTClaimsSet claims) {
        try {
            @Nullable Map<String, Object> session = claims.getJSONObjectClaim("https://stytch.com/session");
            return Optional.ofNullable(session).map(claim -> String.valueOf(claim.get("id")));
        } catch (ParseException noObject) {
            return Optional.empty();
        }
    }
}
