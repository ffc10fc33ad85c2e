package dev.sallyport.observe;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
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
        var told = new AtomicBoolean(); // a caller that goes away while it is answered cancels as well
        events.begun(call);
        return sent(call, next)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("an upstream gave no reply")))
                .doOnNext(reply -> {
                    told.set(true);
                    events.answered(call, reply, start, nanoTime.getAsLong());
                })
                .doOnCancel(() -> {
                    if (told.compareAndSet(false, true)) {
                        events.aborted(call, nanoTime.getAsLong() - start);
                    }
                })
                .onErrorResume(bug -> {
                    if (told.compareAndSet(false, true)) {
                        events.failed(call, bug, nanoTime.getAsLong() - start);
                    }
                    return Mono.just(new Refusal(BUG.because(bug)));
                });
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
}
