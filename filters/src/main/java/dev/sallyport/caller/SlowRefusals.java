package dev.sallyport.caller;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Refuses calls, those of addresses that fail again and again after a wait, which holds no thread. Thread-safe. */
public final class SlowRefusals {
    /** A call that waits holds its body. */
    private static final int MOST_WAITING = 200;

    private final FailedCalls failures;
    private final CallerEvents events;
    private final Supplier<Scheduler> loop;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * For all operations, over every reload.
     *
     * @param loop the event loop of the current thread
     */
    public SlowRefusals(FailedCalls failures, CallerEvents events, Supplier<Scheduler> loop) {
        this.failures = failures;
        this.events = events;
        this.loop = loop;
    }

    Mono<Reply> of(Call call, Denial why) {
        Reply refusal = new Refusal(why.rejection());
        Duration wait = why.isOfCaller() ? wait(call) : Duration.ZERO;
        if (wait.isZero()) {
            return Mono.just(refusal);
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Mono.just(refusal);
        }
        events.slowedDown();
        return Mono.delay(wait, loop.get()).map(waited -> refusal).doFinally(end -> waiting.decrementAndGet());
    }

    /** No longer than the call has time, after which it would be told something else. */
    private Duration wait(Call call) {
        long wait = failures.failed(call.address()).toNanos();
        return Duration.ofNanos(call.deadline().cut(wait, System.nanoTime()));
    }
}
