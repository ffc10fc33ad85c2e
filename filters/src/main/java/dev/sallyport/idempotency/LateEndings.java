package dev.sallyport.idempotency;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Endings of claims that the store did not take in time. Each is told again in ever longer steps, for some ten minutes: an owner may
 * end its claim after the lease as well, and until then its key is of unknown outcome although the gateway knows better. Bounded
 * in bytes; what finds no room stays unknown. Thread-safe.
 */
final class LateEndings {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int TRIES = 24;
    /** A thousand of them without an answer. */
    private static final long MOST_BYTES = 8L << 20;

    private static final long OVERHEAD = 8L << 10;

    private final Scheduler scheduler;
    private final AtomicLong held = new AtomicLong();
    private final Set<Mono<Boolean>> waiting = ConcurrentHashMap.newKeySet();

    LateEndings(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Has an ending told again.
     *
     * @param bytes of its answer
     */
    void add(Mono<Boolean> ending, int bytes) {
        long weight = OVERHEAD + bytes;
        if (held.addAndGet(weight) > MOST_BYTES) {
            held.addAndGet(-weight);
            return;
        }
        waiting.add(ending);
        var unused = Mono.delay(FIRST_PAUSE, scheduler)
                .then(ending.retryWhen(Retry.backoff(TRIES, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .scheduler(scheduler)))
                .doFinally(end -> {
                    waiting.remove(ending);
                    held.addAndGet(-weight);
                })
                .onErrorComplete()
                .subscribe();
    }

    /** Tells each that waits at once, since there will be no later. */
    Mono<Void> tellAll() {
        return Flux.defer(() -> Flux.fromIterable(waiting))
                .flatMap(ending -> ending.onErrorComplete())
                .then();
    }
}
