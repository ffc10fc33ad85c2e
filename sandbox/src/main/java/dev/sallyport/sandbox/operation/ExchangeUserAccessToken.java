package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.accesstoken.AccessToken;
import dev.sallyport.sandbox.accesstoken.AccessTokens;
import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.User;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.Factor;
import dev.sallyport.sandbox.session.Grant;
import dev.sallyport.sandbox.session.SessionDesk;
import dev.sallyport.sandbox.session.SignedSession;
import dev.sallyport.sandbox.session.Subject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** {@code POST /v1/sessions/exchange_access_token}: a connected app's token becomes a session, if a duration is given. */
public final class ExchangeUserAccessToken implements Operation {
    private final Directory directory;
    private final AccessTokens tokens;
    private final SessionDesk desk;
    private final Clock clock;

    public ExchangeUserAccessToken(Directory directory, AccessTokens tokens, SessionDesk desk, Clock clock) {
        this.directory = directory;
        this.tokens = tokens;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        String given = call.fields().requiredText("access_token");
        SessionWishes wishes = SessionWishes.in(call.fields());
        String project = call.project().id();
        AccessToken token = tokens.read(project, given);
        User user =
                directory.user(token.subjectId()).orElseThrow(() -> Refusal.of(ErrorType.IDP_ACCESS_TOKEN_NOT_FOUND));
        tokens.use(token);
        List<Factor> factors = List.of(Factor.accessToken(token.clientId(), clock.instant()));
        Optional<SignedSession> opened = wishes.minutes()
                .map(minutes -> desk.open(
                        new Grant(project, new Subject.OfUser(user), minutes, factors, wishes.customClaims())));
        return Mono.just(Reply.json(200, UserReply.of(user, opened, wishes)));
    }
}
