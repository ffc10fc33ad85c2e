package dev.sallyport.sandbox.operation.user;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.User;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.Session;
import dev.sallyport.sandbox.session.SessionStore;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/sessions}: a user's sessions that have not ended. */
public final class ListUserSessions implements Operation {
    private final Directory directory;
    private final SessionStore store;

    public ListUserSessions(Directory directory, SessionStore store) {
        this.directory = directory;
        this.store = store;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        User user = directory
                .user(call.requiredQueryValue("user_id"))
                .orElseThrow(() -> Refusal.of(ErrorType.USER_NOT_FOUND));
        ObjectNode body = Reply.goodBody();
        body.putArray("sessions")
                .addAll(store.of(call.project().id(), user.id()).stream()
                        .map(Session::json)
                        .toList());
        return Mono.just(Reply.json(200, body));
    }
}
