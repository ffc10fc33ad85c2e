package dev.sallyport.sandbox.operation.user;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Product;
import dev.sallyport.sandbox.operation.AuthenticatedReply;
import dev.sallyport.sandbox.operation.AuthorizationCheck;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.operation.SessionAccess;
import dev.sallyport.sandbox.operation.SessionSelector;
import dev.sallyport.sandbox.operation.SessionWishes;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SignedSession;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/sessions/authenticate}: is the session still there, and may its user do this? Gives a new JWT. */
public final class AuthenticateUser implements Operation {
    private final Directory directory;
    private final SessionSelector selector;
    private final SessionAccess access;

    public AuthenticateUser(Directory directory, SessionSelector selector, SessionAccess access) {
        this.directory = directory;
        this.selector = selector;
        this.access = access;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        SessionWishes wishes = SessionWishes.in(call.fields());
        Optional<AuthorizationCheck> check =
                call.fields().fields("authorization_check").map(AuthorizationCheck::in);
        Session session = selector.one(call);
        Optional<ObjectNode> verdict = check.map(asked -> asked.verdict(
                directory.policy(Product.CONSUMER),
                session.subject().roles(),
                ErrorType.CONSUMER_SESSION_AUTHORIZATION_ERROR));
        SignedSession signed = access.visit(session, wishes);
        ObjectNode body = Reply.goodBody();
        body.set("session", signed.session().json());
        body.put("session_token", AuthenticatedReply.token(call, signed)).put("session_jwt", signed.jwt());
        body.set("user", directory.user(session.subject().id()).orElseThrow().json());
        return Mono.just(Reply.json(200, AuthenticatedReply.with(body, verdict)));
    }
}
