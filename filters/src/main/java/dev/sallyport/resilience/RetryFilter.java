package dev.sallyport.resilience;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Tries again what certainly never reached the provider: a connection that was not made. Everything else may have been
 * executed, and a session call executed twice is a second session.
 */
public final class RetryFilter implements Filter<ReadCall> {
    private final RetryDecision decision;
    private final RetryBudget budget;
    private final RetryEvents events;
    private final Supplier<Scheduler> timer;
    private final DoubleSupplier random;

    /**
     * A policy.
     *
     * @param budget what retries are paid from; shared with the provider's other operations
     * @param timer waits; asked on the thread of the reply, so that the call may stay on its event loop
     * @param random from 0 to 1, for jitter
     */
    public RetryFilter(
            RetryDecision decision,
            RetryBudget budget,
            RetryEvents events,
            Supplier<Scheduler> timer,
            DoubleSupplier random) {
        this.decision = decision;
        this.budget = budget;
        this.events = events;
        this.timer = timer;
        this.random = random;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        budget.payIn();
        return attempt(call, next, 1);
    }

    private Mono<Reply> attempt(ReadCall call, Upstream<ReadCall> next, int number) {
        return next.send(call)
                .flatMap(reply -> wait(call, attempt(reply, number))
                        .map(wait ->
                                Mono.delay(wait, timer.get()).then(Mono.defer(() -> attempt(call, next, number + 1))))
                        .orElseGet(() -> Mono.just(reply)));
    }

    private static Attempt attempt(Reply reply, int number) {
        boolean failed =
                reply instanceof Refusal refusal && refusal.rejection().reason() == Reason.PROVIDER_UNREACHABLE;
        return new Attempt(number, reply.timing().sent() != 0, failed);
    }

    /** How long to wait, with jitter; empty if the reply stands. */
    private Optional<Duration> wait(ReadCall call, Attempt attempt) {
        Optional<Duration> wait = decision.after(attempt);
        if (wait.isPresent() && !budget.takeOut()) {
            events.outOfBudget(call.operation());
            return Optional.empty();
        }
        wait.ifPresent(ignored -> events.retried(call.operation()));
        return wait.map(time -> Duration.ofNanos((long) (time.toNanos() * (0.5 + random.getAsDouble() / 2))));
    }

    @Override
    public String toString() {
        return "retry(" + decision.maxAttempts() + " attempts, only what never reached the provider)";
    }
}
