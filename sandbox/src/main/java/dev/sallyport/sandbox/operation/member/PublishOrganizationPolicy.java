package dev.sallyport.sandbox.operation.member;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Organization;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Json;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/b2b/rbac/organizations/{organization_id}}: what the roles of one organization may do, beside its project's. */
public final class PublishOrganizationPolicy implements Operation {
    private final Directory directory;

    public PublishOrganizationPolicy(Directory directory) {
        this.directory = directory;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        Organization organization = directory
                .organization(call.pathValue("organization_id"))
                .orElseThrow(() -> Refusal.of(ErrorType.ORGANIZATION_NOT_FOUND));
        ObjectNode body = Reply.goodBody();
        body.putObject("org_policy").set("roles", Json.tree(organization.roles()));
        return Mono.just(Reply.json(200, body));
    }
}
