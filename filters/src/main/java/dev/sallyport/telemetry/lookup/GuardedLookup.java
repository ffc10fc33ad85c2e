package dev.sallyport.telemetry.lookup;

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
 * What a caller can bring about by itself (credentials that are refused, an unknown telemetry id, asking too often)
 * is no failure to the breaker: one caller must not open it for the others.
 */
public final class GuardedLookup implements FingerprintLookup {
    private final FingerprintFetch fetch;
    private final LookupReply reply;
    private final CircuitBreaker breaker;
    private final Duration timeout;
    private final Supplier<Scheduler> timer;
    private final TelemetryEvents events;

    /**
     * What keeps a provider that does not answer from holding up calls.
     *
     * @param timeout for one lookup
     */
    public record Guards(CircuitBreaker breaker, Duration timeout) {}

    /** A finding, and whether the provider failed. */
    private record Judged(DeviceFinding finding, boolean failure) {
        static Judged failed(Throwable failure) {
            LookupOutcome outcome =
                    failure instanceof TimeoutException ? LookupOutcome.TIMEOUT : LookupOutcome.UNAVAILABLE;
            return new Judged(DeviceFinding.of(outcome).because(failure), true);
        }
    }

    /**
     * A lookup that does not wait longer than told, and asks less often while there are no answers.
     *
     * @param timer keeps the time; asked on the thread of the call
     */
    public GuardedLookup(
            FingerprintFetch fetch,
            LookupReply reply,
            Guards guards,
            Supplier<Scheduler> timer,
            TelemetryEvents events) {
        this.fetch = fetch;
        this.reply = reply;
        this.breaker = guards.breaker();
        this.timeout = guards.timeout();
        this.timer = timer;
        this.events = events;
    }

    @Override
    public Mono<DeviceFinding> find(Question question) {
        return Mono.defer(() -> {
            if (!breaker.tryAcquirePermission()) {
                DeviceFinding open = DeviceFinding.of(LookupOutcome.BREAKER_OPEN);
                events.lookedUp(open, 0);
                return Mono.just(open);
            }
            return asked(question, System.nanoTime());
        });
    }

    private Mono<DeviceFinding> asked(Question question, long start) {
        byte[] body = reply.question(question.telemetryId());
        return Mono.defer(() -> fetch.fetch(body, question)) // what it throws is a failed fetch as well
                .map(answer -> judged(answer, body))
                .timeout(timeout, timer.get())
                .onErrorResume(failure -> Mono.just(Judged.failed(failure)))
                .doOnCancel(breaker::releasePermission)
                .map(judged -> recorded(judged, System.nanoTime() - start));
    }

    private Judged judged(Answer answer, byte[] body) {
        DeviceFinding finding = reply.read(answer, body);
        return new Judged(finding, answer.status() >= 500 || finding.outcome() == LookupOutcome.INVALID_REPLY);
    }

    private DeviceFinding recorded(Judged judged, long nanos) {
        if (judged.failure()) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new LookupFailed("lookup failed"));
        } else {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
        events.lookedUp(judged.finding(), nanos);
        return judged.finding();
    }
}
