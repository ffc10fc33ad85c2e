package dev.sallyport.telemetry;

import dev.sallyport.call.Reply.Answer;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Asks the provider within a timeout, behind a breaker. The timeout is inside the breaker, which would not see it otherwise.
 * What a caller can bring about by itself (credentials that are refused, a telemetry id that nobody knows, asking too often)
 * is no failure to the breaker: one caller must not open it for the others.
 */
public final class GuardedLookup implements FingerprintLookup {
    private final FingerprintFetch fetch;
    private final LookupReply reply;
    private final CircuitBreaker breaker;
    private final Duration timeout;
    private final Supplier<Scheduler> timer;
    private final TelemetryEvents events;

    /** A finding, and whether the provider failed. */
    private record Judged(Finding finding, boolean failure) {
        static Judged failed(Outcome outcome) {
            return new Judged(Finding.of(outcome), true);
        }
    }

    /**
     * A lookup that does not wait longer than told, and does not ask who does not answer.
     *
     * @param timer keeps the time; asked on the thread of the call
     */
    public GuardedLookup(
            FingerprintFetch fetch,
            LookupReply reply,
            CircuitBreaker breaker,
            Duration timeout,
            Supplier<Scheduler> timer,
            TelemetryEvents events) {
        this.fetch = fetch;
        this.reply = reply;
        this.breaker = breaker;
        this.timeout = timeout;
        this.timer = timer;
        this.events = events;
    }

    @Override
    public Mono<Finding> find(Question question) {
        return Mono.defer(() -> {
            if (!breaker.tryAcquirePermission()) {
                Finding open = Finding.of(Outcome.BREAKER_OPEN);
                events.lookedUp(open, 0);
                return Mono.just(open);
            }
            return asked(question, System.nanoTime());
        });
    }

    private Mono<Finding> asked(Question question, long start) {
        byte[] body = reply.question(question.telemetryId());
        return Mono.defer(() -> fetch.fetch(body, question.authorization())) // what it throws is a failed fetch as well
                .map(answer -> judged(answer, body))
                .timeout(timeout, timer.get())
                .onErrorResume(failure -> Mono.just(
                        Judged.failed(failure instanceof TimeoutException ? Outcome.TIMEOUT : Outcome.UNAVAILABLE)))
                .doOnCancel(breaker::releasePermission)
                .map(judged -> recorded(judged, System.nanoTime() - start));
    }

    private Judged judged(Answer answer, byte[] body) {
        Finding finding = reply.read(answer, body);
        return new Judged(finding, answer.status() >= 500 || finding.outcome() == Outcome.INVALID_REPLY);
    }

    private Finding recorded(Judged judged, long nanos) {
        if (judged.failure()) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new LookupFailed());
        } else {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
        events.lookedUp(judged.finding(), nanos);
        return judged.finding();
    }

    /** Tells the breaker that, not why. */
    private static final class LookupFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LookupFailed() {
            super("lookup failed", null, false, false);
        }
    }
}
