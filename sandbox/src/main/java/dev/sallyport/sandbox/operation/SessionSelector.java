package dev.sallyport.sandbox.operation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.session.KeyRings;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SessionStore;
import dev.sallyport.sandbox.session.SigningKey;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/** Finds the session that a request names, by token or by JWT. An expired JWT still names its session. */
public final class SessionSelector {
    private final SessionStore store;
    private final KeyRings keys;

    public SessionSelector(SessionStore store, KeyRings keys) {
        this.store = store;
        this.keys = keys;
    }

    /** Returns the session; refuses unless exactly one selector is given. */
    Session one(Call call) {
        return atMostOne(call).orElseThrow(() -> Refusal.of(ErrorType.NO_SESSION_ARGUMENTS));
    }

    /** Returns the session if any is named; refuses if two are, or if it is not there. */
    Optional<Session> atMostOne(Call call) {
        Optional<String> token = call.fields().text("session_token");
        Optional<String> jwt = call.fields().text("session_jwt");
        if (token.isPresent() && jwt.isPresent()) {
            throw Refusal.of(ErrorType.TOO_MANY_SESSION_ARGUMENTS);
        }
        Optional<Session> found = token.map(this::byToken)
                .or(() -> jwt.map(text -> byJwt(call.project().id(), text)));
        found.filter(session ->
                        !session.grant().projectId().equals(call.project().id()))
                .ifPresent(foreign -> {
                    throw Refusal.of(ErrorType.SESSION_NOT_FOUND);
                });
        return found;
    }

    private Session byToken(String token) {
        if (!dev.sallyport.sandbox.session.SecretTokens.isWellFormed(token)) {
            throw Refusal.of(ErrorType.INVALID_SESSION_TOKEN);
        }
        return store.byToken(token).orElseThrow(() -> Refusal.of(ErrorType.SESSION_NOT_FOUND));
    }

    private Session byJwt(String projectId, String jwt) {
        return store.byId(verifiedSessionId(projectId, jwt)).orElseThrow(() -> Refusal.of(ErrorType.SESSION_NOT_FOUND));
    }

    private String verifiedSessionId(String projectId, String jwt) {
        try {
            SignedJWT signed = SignedJWT.parse(jwt);
            SigningKey key = keys.of(projectId)
                    .find(String.valueOf(signed.getHeader().getKeyID()))
                    .orElseThrow(() -> Refusal.of(ErrorType.UNABLE_TO_PARSE_SESSION_JWT));
            boolean genuine = signed.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
                    && signed.verify(new RSASSAVerifier(key.publicKey()));
            if (!genuine) {
                throw Refusal.of(ErrorType.UNABLE_TO_PARSE_SESSION_JWT);
            }
            Map<String, Object> session = signed.getJWTClaimsSet().getJSONObjectClaim("https://stytch.com/session");
            return String.valueOf(session.get("id"));
        } catch (ParseException | JOSEException unreadable) {
            throw Refusal.of(ErrorType.UNABLE_TO_PARSE_SESSION_JWT);
        }
    }
}
