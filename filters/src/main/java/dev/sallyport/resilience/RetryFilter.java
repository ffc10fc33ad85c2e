package dev.sallyport.resilience;

import dev.sallyport.call.Filter;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Phase;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.DoneBefore;
import dev.sallyport.relay.Instead;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Makes a call, and makes it once more where what is known of the attempt says that nothing is done twice by it. Counts every
 * attempt. A repeated call that finds done what it asks for is a success: an earlier attempt of its own had done it.
 */
public final class RetryFilter implements Filter<ReadCall> {
    /** The header of a success that the gateway concluded, in place of the provider's answer that was lost. */
    public static final String CONCLUDED = "Sallyport-Concluded";

    private static final String DONE_BEFORE = "done-before";

    private final Contract contract;
    private final RetryDecision decision;
    private final RetryBudget budget;
    private final RetryEvents events;
    private final Waiting waiting;

    /**
     * How waits are made.
     *
     * @param timer asked on the thread of the reply, so that the call may stay on its event loop
     * @param random from 0 to 1, for jitter
     * @param clock what dates are compared with
     */
    public record Waiting(Supplier<Scheduler> timer, DoubleSupplier random, InstantSource clock) {}

    /**
     * For one operation.
     *
     * @param budget what retries are paid from; shared with the provider's other operations
     */
    public RetryFilter(
            Contract contract, RetryDecision decision, RetryBudget budget, RetryEvents events, Waiting waiting) {
        this.contract = contract;
        this.decision = decision;
        this.budget = budget;
        this.events = events;
        this.waiting = waiting;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        budget.payIn();
        return attempt(call, next, 1, null);
    }

    /** @param doubted what came of the latest earlier attempt that may have been carried out, if there is one */
    private Mono<Reply> attempt(ReadCall call, Upstream<ReadCall> next, int number, @Nullable Reply doubted) {
        return Instead.of(new Watched(next.send(call), new Counted(call)), reply -> {
            AttemptResult result = AttemptResult.of(reply);
            return result == AttemptResult.OK
                    ? null
                    : afterFailure(call, next, reply, facts(reply, result, number), doubted);
        });
    }

    private Mono<Reply> afterFailure(
            ReadCall call, Upstream<ReadCall> next, Reply reply, Attempt attempt, @Nullable Reply doubted) {
        if (!decision.allows(attempt)) {
            return Mono.just(told(reply, doubted));
        }
        Duration wait = decision.wait(attempt, waiting.random().getAsDouble());
        if (wait.compareTo(Duration.ofNanos(call.deadline().left(System.nanoTime()))) >= 0) {
            events.outOfTime(call.operation());
            return Mono.just(told(reply, doubted));
        }
        if (!budget.takeOut()) {
            events.outOfBudget(call.operation());
            return Mono.just(told(reply, doubted));
        }
        events.retried(call.operation(), attempt.result());
        call.phases().enter(Phase.QUEUE);
        return Mono.delay(wait, waiting.timer().get())
                .then(Mono.defer(
                        () -> attempt(call, next, attempt.number() + 1, attempt.isInDoubt() ? reply : doubted)));
    }

    /** A last attempt that never left says that the call was not made, which an earlier one in doubt makes untrue. */
    private Reply told(Reply last, @Nullable Reply doubted) {
        if (doubted == null) {
            return last;
        }
        if (last instanceof Answer answer) {
            return concluded(answer);
        }
        return last.timing().sent() == 0 ? doubted : last;
    }

    private Attempt facts(Reply reply, AttemptResult result, int number) {
        if (!(reply instanceof Answer answer) || !answer.isError()) {
            return new Attempt(number, result, 0, false, null);
        }
        Optional<String> type = contract.replyForm().errorType(answer.body());
        return new Attempt(
                number,
                result,
                answer.status(),
                contract.conduct().isNotCarriedOut(answer.status(), type),
                RetryAfter.parse(
                        answer.headers().first("retry-after"), waiting.clock().instant()));
    }

    /** The success that an earlier attempt was, if this answer tells it; else the answer. */
    private Reply concluded(Answer answer) {
        @Nullable DoneBefore done = contract.conduct().doneBefore();
        return done != null && tells(answer, done) ? success(done, answer) : answer;
    }

    private boolean tells(Answer answer, DoneBefore done) {
        Optional<String> type =
                answer.status() == done.status() ? contract.replyForm().errorType(answer.body()) : Optional.empty();
        return type.filter(done.errorType()::equals).isPresent();
    }

    private Reply success(DoneBefore done, Answer answer) {
        Optional<String> requestId = contract.replyForm().requestId(answer.body());
        if (requestId.isEmpty()) {
            return answer;
        }
        byte[] body = done.body(requestId.get());
        if (!(contract.readReply(body) instanceof Document document)) {
            return answer;
        }
        events.doneBefore(contract.operation().id());
        var headers = Headers.of(Map.of("content-type", "application/json", CONCLUDED, DONE_BEFORE));
        return new Answer(contract.replyForm().usualStatus(), headers, body, answer.timing(), document);
    }

    @Override
    public String toString() {
        return decision.maxAttempts() == 1
                ? "attempt(counted)"
                : "retry(" + decision.maxAttempts() + " attempts, repeatable: " + decision.repeatable() + ")";
    }

    /** One attempt, on its way to be counted. */
    private final class Counted implements Watched.Outcome {
        private final ReadCall call;

        Counted(ReadCall call) {
            this.call = call;
        }

        @Override
        public void replied(Reply reply) {
            count(AttemptResult.of(reply));
        }

        @Override
        public void givenUp() {
            boolean inTime = !call.deadline().isOver(System.nanoTime());
            count(inTime ? AttemptResult.CALLER_LEFT : AttemptResult.TIMED_OUT);
        }

        @Override
        public void failed() {
            count(AttemptResult.BUG);
        }

        private void count(AttemptResult result) {
            events.attempted(call.operation(), result);
        }
    }
}
