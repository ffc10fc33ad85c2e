package dev.sallyport.observe;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.relay.Relay;
import java.util.function.LongSupplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** Outermost: tells each call's one outcome, and turns what is no refusal into one, so that a bug fails closed. */
public final class ObservationFilter implements Filter<Call> {
    private static final Rejection BUG =
            Rejection.of(Reason.INTERNAL, "Something went wrong in the gateway; the call was not answered.");

    private final CallEvents events;
    private final LongSupplier nanoTime;

    /** Observes with a clock in nanoseconds, such as {@link System#nanoTime}. */
    public ObservationFilter(CallEvents events, LongSupplier nanoTime) {
        this.events = events;
        this.nanoTime = nanoTime;
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream<Call> next) {
        long start = nanoTime.getAsLong();
        events.begun(call);
        Mono<Reply> reply = sent(call, next);
        return Relay.through(caller -> new Observed(reply, call, start, caller));
    }

    private static Mono<Reply> sent(Call call, Upstream<Call> next) {
        try {
            return next.send(call);
        } catch (RuntimeException bug) {
            return Mono.error(bug);
        }
    }

    @Override
    public String toString() {
        return "observation";
    }

    /** The reply to one call. A caller that goes away while it is answered was answered. */
    private final class Observed extends Relay {
        private final Mono<Reply> reply;
        private final Call call;
        private final long start;
        private boolean isAnswered;

        Observed(Mono<Reply> reply, Call call, long start, CoreSubscriber<? super Reply> caller) {
            super(caller);
            this.reply = reply;
            this.call = call;
            this.start = start;
        }

        @Override
        protected void begin() {
            reply.subscribe(this);
        }

        @Override
        protected Reply replied(Reply came) {
            isAnswered = true;
            events.answered(call, came, start, nanoTime.getAsLong());
            return came;
        }

        @Override
        protected Reply failed(Throwable bug) {
            if (!isAnswered) {
                events.failed(call, bug, nanoTime.getAsLong() - start);
            }
            return new Refusal(BUG.because(bug));
        }

        @Override
        protected void left() {
            events.aborted(call, nanoTime.getAsLong() - start);
        }
    }
}
