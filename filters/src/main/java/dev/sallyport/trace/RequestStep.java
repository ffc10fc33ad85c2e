package dev.sallyport.trace;

import dev.sallyport.call.CallSpan;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Stage;
import dev.sallyport.call.Upstream;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A step on the way to the provider, with a span that ends where the call goes on or is refused.
 *
 * @param <C> what the step is given
 * @param <D> what it hands on
 */
public final class RequestStep<C, D> implements Stage<C, D> {
    private final String name;
    private final Function<C, CallSpan> spans;
    private final Stage<C, D> step;

    /**
     * The same step, with a span.
     *
     * @param spans the span of a whole call
     */
    public RequestStep(String name, Function<C, CallSpan> spans, Stage<C, D> step) {
        this.name = name;
        this.spans = spans;
        this.step = step;
    }

    @Override
    public Mono<Reply> filter(C call, Upstream<D> next) {
        CallSpan whole = spans.apply(call);
        return whole.isRecorded() ? Mono.defer(() -> recorded(call, next, whole.step(name))) : step.filter(call, next);
    }

    /** What comes back from behind it comes after its end. A refusal ends it at once: what is done with that is another's. */
    private Mono<Reply> recorded(C call, Upstream<D> next, CallSpan span) {
        return Mono.defer(() -> step.filter(call, passed -> {
                    span.end();
                    return next.send(passed);
                }))
                .doOnNext(reply -> {
                    SpanOutcome.ofStep(span, reply);
                    span.end();
                })
                .doFinally(signal -> span.end());
    }

    @Override
    public String toString() {
        return step + ", traced";
    }
}
