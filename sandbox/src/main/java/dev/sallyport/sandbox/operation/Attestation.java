package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.issuer.TrustedToken;
import dev.sallyport.sandbox.issuer.TrustedTokenProfiles;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Grant;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SessionIssuer;
import dev.sallyport.sandbox.session.SignedSession;
import dev.sallyport.sandbox.session.Subject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** What both attest operations do with a token of another issuer. */
public final class Attestation {
    private final TrustedTokenProfiles profiles;
    private final SessionSelector selector;
    private final SessionAccess access;
    private final SessionIssuer issuer;
    private final Clock clock;

    public Attestation(
            TrustedTokenProfiles profiles,
            SessionSelector selector,
            SessionAccess access,
            SessionIssuer issuer,
            Clock clock) {
        this.profiles = profiles;
        this.selector = selector;
        this.access = access;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** A request whose token is verified, and the session that it is to be added to, if any. */
    public record Attested(String projectId, TrustedToken token, SessionWishes wishes, Optional<Session> existing) {}

    /** Reads the request and verifies its token. */
    public Mono<Attested> of(Call call) {
        String profileId = call.fields().requiredText("profile_id");
        String token = call.fields().requiredText("token");
        SessionWishes wishes = SessionWishes.in(call.fields());
        Optional<Session> existing = selector.atMostOne(call);
        String projectId = call.project().id();
        return profiles.verify(projectId, profileId, token)
                .map(trusted -> new Attested(projectId, trusted, wishes, existing));
    }

    /** Adds the token to the session that is there, else opens one; empty if there is none, nor minutes for one. */
    public Optional<SignedSession> session(Attested attested, Subject subject, Optional<Integer> minutes) {
        SessionWishes wishes = attested.wishes();
        Factor factor = Factor.trustedToken(attested.token().tokenId(), clock.instant());
        return attested.existing()
                .map(session -> access.grow(session, subject, factor, wishes))
                .or(() -> minutes.map(lasting -> issuer.open(
                        new Grant(attested.projectId(), subject, lasting, List.of(factor), wishes.customClaims()))));
    }
}
