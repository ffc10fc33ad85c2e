package dev.sallyport.trace;

import dev.sallyport.call.CallSpan;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Upstream;
import reactor.core.publisher.Mono;

/** A door that answers come back through, with a span from where an answer reaches it until it is let through or refused. */
public final class TracedDoorFilter implements Filter<ReadCall> {
    private final String name;
    private final Filter<ReadCall> door;

    /** The same door, with a span. */
    public TracedDoorFilter(String name, Filter<ReadCall> door) {
        this.name = name;
        this.door = door;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        CallSpan whole = call.span();
        return whole.isRecorded()
                ? Mono.defer(() -> recorded(call, next, new Passage(whole)))
                : door.filter(call, next);
    }

    private Mono<Reply> recorded(ReadCall call, Upstream<ReadCall> next, Passage passage) {
        return door.filter(call, passed -> next.send(passed).doOnNext(passage::reached))
                .doOnNext(passage::left)
                .doFinally(signal -> passage.end());
    }

    /** One answer on its way through the door. A refusal goes by. */
    private final class Passage {
        private final CallSpan whole;
        private volatile CallSpan span = CallSpan.NONE;

        Passage(CallSpan whole) {
            this.whole = whole;
        }

        void reached(Reply reply) {
            if (reply instanceof Answer) {
                span = whole.step(name);
            }
        }

        void left(Reply reply) {
            SpanOutcome.ofStep(span, reply);
            span.end();
        }

        void end() {
            span.end();
        }
    }

    @Override
    public String toString() {
        return door + ", traced";
    }
}
