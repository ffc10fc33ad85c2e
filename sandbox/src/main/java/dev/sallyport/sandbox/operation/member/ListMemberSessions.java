package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Member;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SessionStore;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/b2b/sessions}: a member's sessions that have not ended, in the one organization. */
public final class ListMemberSessions implements Operation {
    private final Directory directory;
    private final SessionStore store;

    public ListMemberSessions(Directory directory, SessionStore store) {
        this.directory = directory;
        this.store = store;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        String organizationName = call.requiredQueryValue("organization_id");
        String memberName = call.requiredQueryValue("member_id");
        Organization organization = directory
                .organization(organizationName)
                .orElseThrow(() -> Refusal.of(ErrorType.ORGANIZATION_NOT_FOUND));
        Member member =
                directory.member(organization, memberName).orElseThrow(() -> Refusal.of(ErrorType.MEMBER_NOT_FOUND));
        ObjectNode body = Reply.goodBody();
        body.putArray("member_sessions")
                .addAll(store.of(call.project().id(), member.id()).stream()
                        .map(Session::json)
                        .toList());
        return Mono.just(Reply.json(200, body));
    }
}
