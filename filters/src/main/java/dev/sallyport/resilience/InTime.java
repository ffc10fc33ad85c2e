package dev.sallyport.resilience;

import dev.sallyport.call.Reply;
import dev.sallyport.relay.Relay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A reply that comes in time, or another in its place. */
final class InTime extends Relay {
    private final Supplier<Mono<Reply>> reply;
    private final Supplier<Reply> late;
    private final long nanos;
    private final Scheduler scheduler;
    private volatile @Nullable Disposable timer;

    private InTime(
            Supplier<Mono<Reply>> reply,
            Supplier<Reply> late,
            Duration time,
            Scheduler scheduler,
            CoreSubscriber<? super Reply> caller) {
        super(caller);
        this.reply = reply;
        this.late = late;
        this.nanos = time.toNanos();
        this.scheduler = scheduler;
    }

    /**
     * Holds a reply to a time.
     *
     * @param reply asked for within the time
     * @param late what there is to say when the time is over
     * @param scheduler keeps the time
     */
    static Mono<Reply> of(Supplier<Mono<Reply>> reply, Supplier<Reply> late, Duration time, Scheduler scheduler) {
        return Relay.through(caller -> new InTime(reply, late, time, scheduler, caller));
    }

    @Override
    @SuppressWarnings("IllegalCatch") // whatever it is, the caller hears of it
    protected void begin() {
        Mono<Reply> asked;
        try {
            timer = scheduler.schedule(this::timeIsOver, nanos, TimeUnit.NANOSECONDS);
            asked = reply.get();
        } catch (Throwable bug) {
            onError(bug);
            return;
        }
        asked.subscribe(this);
        if (isOver()) {
            stopTimer();
        }
    }

    private void timeIsOver() {
        if (end()) {
            cancelSource();
            tell(late.get());
        }
    }

    private void stopTimer() {
        @Nullable Disposable set = timer;
        if (set != null) {
            set.dispose();
        }
    }

    @Override
    protected Reply replied(Reply came) {
        stopTimer();
        return came;
    }

    @Override
    protected @Nullable Reply failed(Throwable bug) {
        stopTimer();
        return null;
    }

    @Override
    protected void left() {
        stopTimer();
    }
}
