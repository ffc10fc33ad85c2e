package dev.sallyport.sandbox.operation.user;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.User;
import dev.sallyport.sandbox.operation.AccessTokenExchange;
import dev.sallyport.sandbox.operation.AccessTokenExchange.Presented;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.operation.SessionWishes;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.SignedSession;
import dev.sallyport.sandbox.session.Subject;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** {@code POST /v1/sessions/exchange_access_token}: a connected app's token becomes a session, if a duration is given. */
public final class ExchangeUserAccessToken implements Operation {
    private final Directory directory;
    private final AccessTokenExchange exchange;

    public ExchangeUserAccessToken(Directory directory, AccessTokenExchange exchange) {
        this.directory = directory;
        this.exchange = exchange;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        Presented presented = exchange.in(call);
        SessionWishes wishes = presented.wishes();
        User user = directory
                .user(presented.token().subjectId())
                .orElseThrow(() -> Refusal.of(ErrorType.IDP_ACCESS_TOKEN_NOT_FOUND));
        Optional<SignedSession> opened = exchange.session(presented, new Subject.OfUser(user), wishes.minutes());
        return Mono.just(Reply.json(200, UserReply.of(user, opened, wishes)));
    }
}
