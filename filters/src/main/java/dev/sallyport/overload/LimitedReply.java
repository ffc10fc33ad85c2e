package dev.sallyport.overload;

import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.overload.ConcurrencyFilter.Terms;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** A reply that is asked for once there is a permit. */
final class LimitedReply extends Mono<Reply> {
    private final Mono<Reply> reply;
    private final Terms terms;
    private final Priority priority;
    private final ReadCall call;

    LimitedReply(Mono<Reply> reply, Terms terms, Priority priority, ReadCall call) {
        this.reply = reply;
        this.terms = terms;
        this.priority = priority;
        this.call = call;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Reply> caller) {
        caller.onSubscribe(new Passage(reply, terms, priority, call, caller));
    }
}
