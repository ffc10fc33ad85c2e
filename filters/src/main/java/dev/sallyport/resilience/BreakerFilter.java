package dev.sallyport.resilience;

import dev.sallyport.call.Deadline;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Refuses attempts while the provider fails. It stands around one attempt with its time: what is given up at the call's deadline is a
 * failure of the provider's, what its caller gave up says nothing. So is what the gateway held back, and a time that the caller cut so
 * short that no provider could keep it: callers must not open it for each other.
 */
public final class BreakerFilter implements Filter<ReadCall> {
    private static final int FIRST_FAILURE = 500;

    private final ProviderBreaker breaker;
    private final long fairTime;

    /**
     * For one operation.
     *
     * @param breaker of its group
     * @param deadline that the settings give its calls
     */
    public BreakerFilter(ProviderBreaker breaker, Duration deadline) {
        this.breaker = breaker;
        this.fairTime = Math.min(breaker.slow().toNanos(), deadline.toNanos() / 2);
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        return Mono.defer(() -> breaker.permits()
                ? new Watched(Mono.defer(() -> next.send(call)), new Permission(call.deadline()))
                : Mono.just(refusal()));
    }

    private Reply refusal() {
        String message =
                "The provider failed too often lately, so it is left alone for a moment. The call was not made.";
        return new Refusal(Rejection.retryLater(Reason.CIRCUIT_OPEN, message, breaker.retryAfter()));
    }

    @Override
    public String toString() {
        return "breaker(" + breaker.breaker().getName() + ")";
    }

    /** One that was given, and is given back once. */
    private final class Permission implements Watched.Outcome {
        private final Deadline deadline;
        private final long start = System.nanoTime();
        private final boolean tries = breaker.isTrying();

        Permission(Deadline deadline) {
            this.deadline = deadline;
        }

        /** Given before the breaker opened: of the provider as it is now it says nothing, and there is nothing to give back. */
        private boolean isOfBefore() {
            return !tries && breaker.isTrying();
        }

        @Override
        public void replied(Reply reply) {
            if (isOfBefore()) {
                return;
            }
            if (reply instanceof Answer answer) {
                answered(answer);
            } else {
                refused((Refusal) reply);
            }
        }

        private void answered(Answer answer) {
            long nanos = answer.timing().nanos();
            if (answer.status() >= FIRST_FAILURE) {
                breaker.failed(nanos);
            } else {
                breaker.succeeded(nanos);
            }
        }

        private void refused(Refusal refusal) {
            Reason reason = refusal.rejection().reason();
            if (reason == Reason.PROVIDER_UNREACHABLE) {
                breaker.failed(System.nanoTime() - start);
            } else if (reason == Reason.REPLY_BREAKS_CONTRACT) {
                breaker.succeeded(refusal.timing().nanos()); // it answered: what it says is another's to judge
            } else {
                breaker.nothing();
            }
        }

        @Override
        public void givenUp() {
            long now = System.nanoTime();
            if (isOfBefore()) {
                return;
            }
            if (deadline.isOver(now) && now - start >= fairTime) {
                breaker.failed(now - start);
            } else {
                breaker.nothing();
            }
        }

        @Override
        public void failed() {
            if (!isOfBefore()) {
                breaker.nothing();
            }
        }
    }
}
