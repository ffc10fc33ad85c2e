package dev.sallyport.sandbox.operation;

import dev.sallyport.sandbox.reply.Reply;
import reactor.core.publisher.Mono;

/** One thing that can be asked for. Refuses by throwing, or ending in, a {@link dev.sallyport.sandbox.reply.Refusal}. */
@FunctionalInterface
public interface Operation {
    Mono<Reply> answer(Call call);
}
