package dev.sallyport.sandbox.operation.project;

import dev.sallyport.sandbox.directory.RolePolicy;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.reply.Reply;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/[b2b/]rbac/policy}: which roles may do what, for clients that decide by themselves. */
public final class PublishPolicy implements Operation {
    private final RolePolicy policy;

    public PublishPolicy(RolePolicy policy) {
        this.policy = policy;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        ObjectNode body = Reply.goodBody();
        body.set("policy", policy.document());
        return Mono.just(Reply.json(200, body));
    }
}
