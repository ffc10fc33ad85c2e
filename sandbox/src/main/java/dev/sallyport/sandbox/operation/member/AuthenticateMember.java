package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.operation.AuthenticatedReply;
import dev.sallyport.sandbox.operation.AuthorizationCheck;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Fields;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.operation.SessionAccess;
import dev.sallyport.sandbox.operation.SessionSelector;
import dev.sallyport.sandbox.operation.SessionWishes;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SignedSession;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/b2b/sessions/authenticate}: the same for a member, who may only do things in the own organization. */
public final class AuthenticateMember implements Operation {
    private final Directory directory;
    private final SessionSelector selector;
    private final SessionAccess access;

    public AuthenticateMember(Directory directory, SessionSelector selector, SessionAccess access) {
        this.directory = directory;
        this.selector = selector;
        this.access = access;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        SessionWishes wishes = SessionWishes.in(call.fields());
        Optional<Fields> asked = call.fields().fields("authorization_check");
        Optional<AuthorizationCheck> check = asked.map(AuthorizationCheck::in);
        Optional<String> place = asked.map(fields -> fields.requiredText("organization_id"));
        Session session = selector.one(call);
        Organization home = session.subject().organization().orElseThrow();
        if (place.filter(name -> !home.answersTo(name)).isPresent()) {
            throw Refusal.of(ErrorType.SESSION_AUTHORIZATION_TENANCY_ERROR);
        }
        Optional<ObjectNode> verdict = check.map(question -> question.verdict(
                directory.policy(home), session.subject().roles(), ErrorType.SESSION_AUTHORIZATION_ERROR));
        SignedSession signed = access.visit(session, wishes);
        ObjectNode body = Reply.goodBody();
        body.set("member_session", signed.session().json());
        body.put("session_token", AuthenticatedReply.token(call, signed)).put("session_jwt", signed.jwt());
        body.set(
                "member", directory.member(session.subject().id()).orElseThrow().json());
        body.set("organization", home.json());
        return Mono.just(Reply.json(200, AuthenticatedReply.with(body, verdict)));
    }
}
