package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.accesstoken.AccessToken;
import dev.sallyport.sandbox.accesstoken.AccessTokens;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Grant;
import dev.sallyport.sandbox.session.SessionIssuer;
import dev.sallyport.sandbox.session.SignedSession;
import dev.sallyport.sandbox.session.Subject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What both operations that take a connected app's token do with it. */
public final class AccessTokenExchange {
    private final AccessTokens tokens;
    private final SessionIssuer issuer;
    private final Clock clock;

    public AccessTokenExchange(AccessTokens tokens, SessionIssuer issuer, Clock clock) {
        this.tokens = tokens;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** A request whose token is good and not used yet. */
    public record Presented(String projectId, AccessToken token, SessionWishes wishes) {}

    /** Reads the request and its token. */
    public Presented in(Call call) {
        String given = call.fields().requiredText("access_token");
        SessionWishes wishes = SessionWishes.in(call.fields());
        String projectId = call.project().id();
        return new Presented(projectId, tokens.read(projectId, given), wishes);
    }

    /** Uses the token up, and opens a session of so many minutes; none if no minutes are given. */
    public Optional<SignedSession> session(Presented presented, Subject subject, Optional<Integer> minutes) {
        tokens.use(presented.token());
        List<Factor> factors = List.of(Factor.accessToken(presented.token().clientId(), clock.instant()));
        return minutes.map(lasting -> issuer.open(new Grant(
                presented.projectId(),
                subject,
                lasting,
                factors,
                presented.wishes().customClaims())));
    }
}
