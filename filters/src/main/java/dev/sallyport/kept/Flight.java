package dev.sallyport.kept;

import dev.sallyport.call.Reply;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One call on its way to the provider, and those who wait for it. Thread-safe. */
final class Flight {
    private static final int ENDED = -1;

    private final Sinks.One<Reply> reply = Sinks.one();
    private final AtomicInteger callers = new AtomicInteger();
    private final Disposable.Swap asked = Disposables.swap();
    private volatile Runnable end = () -> {};

    /** Lets one more caller wait; not if it ended because the last one had left. */
    boolean takes() {
        return callers.updateAndGet(waiting -> waiting == ENDED ? ENDED : waiting + 1) != ENDED;
    }

    /** @param end done before those who wait are told */
    void begin(Supplier<Mono<Reply>> asking, Runnable end) {
        this.end = end;
        asked.update(Mono.defer(asking)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("an upstream gave no reply")))
                .subscribe(
                        given -> {
                            end.run();
                            reply.tryEmitValue(given);
                        },
                        bug -> {
                            end.run();
                            reply.tryEmitError(bug);
                        }));
    }

    /** To a caller that it took. */
    Mono<Reply> reply(BooleanSupplier lasting) {
        return reply.asMono().doOnCancel(() -> leave(lasting));
    }

    private void leave(BooleanSupplier lasting) {
        boolean isLast = callers.decrementAndGet() == 0;
        if (isLast && !lasting.getAsBoolean() && callers.compareAndSet(0, ENDED)) {
            end.run();
            asked.dispose();
        }
    }
}
