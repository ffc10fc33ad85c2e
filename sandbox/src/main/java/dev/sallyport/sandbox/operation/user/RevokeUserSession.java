package dev.sallyport.sandbox.operation.user;

import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Fields;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.operation.SessionSelector;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.SessionStore;
import java.util.List;
import reactor.core.publisher.Mono;

/** {@code POST /v1/sessions/revoke}: ends one session. Its JWTs stay good until they expire. */
public final class RevokeUserSession implements Operation {
    private static final List<String> SELECTORS = List.of("session_id", "session_token", "session_jwt");

    private final SessionSelector selector;
    private final SessionStore store;

    public RevokeUserSession(SessionSelector selector, SessionStore store) {
        this.selector = selector;
        this.store = store;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        Fields.Selected selected = call.fields()
                .onlyOneOf(
                        SELECTORS, ErrorType.NO_SESSION_REVOKE_ARGUMENTS, ErrorType.TOO_MANY_SESSION_REVOKE_ARGUMENTS);
        store.end(selector.session(call.project(), selected));
        return Mono.just(Reply.json(200, Reply.goodBody()));
    }
}
