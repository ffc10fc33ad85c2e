package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Fields;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.operation.SessionSelector;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SessionStore;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/b2b/sessions/revoke}: ends one session, or all of a member's. Where headers say on whose behalf, that
 * member must be allowed to.
 */
public final class RevokeMemberSessions implements Operation {
    private static final List<String> SELECTORS =
            List.of("member_session_id", "session_token", "session_jwt", "member_id");

    private final Directory directory;
    private final SessionSelector selector;
    private final ActingMember actor;
    private final SessionStore store;

    public RevokeMemberSessions(Directory directory, SessionSelector selector, ActingMember actor, SessionStore store) {
        this.directory = directory;
        this.selector = selector;
        this.actor = actor;
        this.store = store;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        Fields.Selected selected = call.fields()
                .onlyOneOf(
                        SELECTORS, ErrorType.NO_SESSION_REVOKE_ARGUMENTS, ErrorType.TOO_MANY_SESSION_REVOKE_ARGUMENTS);
        if (selected.by().equals("member_id")) {
            endAll(call, member(selected.value()));
        } else {
            Session session = selector.session(call.project(), selected);
            actor.mayRevokeSessionsOf(
                    call, directory.member(session.subject().id()).orElseThrow());
            store.end(session);
        }
        return Mono.just(Reply.json(200, Reply.goodBody()));
    }

    private void endAll(Call call, Member member) {
        actor.mayRevokeSessionsOf(call, member);
        store.of(call.project().id(), member.id()).forEach(store::end);
    }

    private Member member(String name) {
        return directory.memberCalled(name).orElseThrow(() -> Refusal.of(ErrorType.MEMBER_NOT_FOUND));
    }
}
