package dev.sallyport.capture;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Upstream;
import reactor.core.publisher.Mono;

/** Inside both doors: notes the provider's answer for {@link CaptureFilter}, before a filter refuses it. */
public final class ProviderReplyFilter implements Filter {
    @Override
    public Mono<Reply> filter(Call call, Upstream next) {
        return Mono.deferContextual(context -> next.send(call).doOnNext(reply -> {
            if (reply instanceof Answer answer && context.hasKey(Recording.class)) {
                context.get(Recording.class).answered(answer);
            }
        }));
    }

    @Override
    public String toString() {
        return "captureReply";
    }
}
