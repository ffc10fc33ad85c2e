package dev.sallyport.sandbox.operation.project;

import dev.sallyport.sandbox.directory.Directory;
import dev.sallyport.sandbox.directory.Product;
import dev.sallyport.sandbox.directory.Project;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.reply.ErrorType;
import dev.sallyport.sandbox.reply.Refusal;
import dev.sallyport.sandbox.reply.Reply;
import dev.sallyport.sandbox.session.key.KeyRings;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/[b2b/]sessions/jwks/{project_id}}: a project's public keys, for every caller. */
public final class PublishKeys implements Operation {
    private final Product product;
    private final Directory directory;
    private final KeyRings keys;

    public PublishKeys(Product product, Directory directory, KeyRings keys) {
        this.product = product;
        this.directory = directory;
        this.keys = keys;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        Project project = directory
                .project(call.pathValue("project_id"))
                .orElseThrow(() -> Refusal.of(ErrorType.INVALID_PROJECT_ID_AUTHENTICATION));
        if (project.product() != product) {
            throw Refusal.of(product.notThisProduct());
        }
        ObjectNode body = Reply.goodBody();
        body.set("keys", keys.of(project.id()).published());
        return Mono.just(Reply.json(200, body).with("Cache-Control", "public, max-age=900"));
    }
}
