package dev.sallyport.sandbox.operation.project;

import dev.sallyport.sandbox.directory.Project;
import dev.sallyport.sandbox.operation.Call;
import dev.sallyport.sandbox.operation.Operation;
import dev.sallyport.sandbox.reply.Reply;
import reactor.core.publisher.Mono;

/** {@code GET /v1/debug/whoami}: whose credentials these are; for projects of both products. */
public final class SayWhoIsCalling implements Operation {
    @Override
    public Mono<Reply> answer(Call call) {
        Project project = call.project();
        return Mono.just(
                Reply.json(200, Reply.goodBody().put("project_id", project.id()).put("name", project.name())));
    }
}
