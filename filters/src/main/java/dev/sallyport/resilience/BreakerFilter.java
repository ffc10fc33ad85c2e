package dev.sallyport.resilience;

import dev.sallyport.call.Deadline;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Leaving;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Refuses attempts while the provider fails. It stands around one attempt with its time: what is given up at the call's deadline is a
 * failure of the provider's, what its caller gave up says nothing. So is what the gateway held back, and a time that the caller cut so
 * short that no provider could keep it: callers must not open it for each other. Nor must they keep it from closing: an attempt that
 * tries the provider outlives its caller for a fair time, and so comes to something.
 */
public final class BreakerFilter implements Filter<ReadCall> {
    private static final int FIRST_FAILURE = 500;

    private final ProviderBreaker breaker;
    private final Duration deadline;
    private final long fairTime;
    private final Supplier<Scheduler> timer;

    /**
     * For one operation.
     *
     * @param breaker of its group
     * @param deadline that the settings give its calls
     * @param timer keeps the time of an attempt without a caller; asked on the thread that saw the caller leave
     */
    public BreakerFilter(ProviderBreaker breaker, Duration deadline, Supplier<Scheduler> timer) {
        this.breaker = breaker;
        this.deadline = deadline;
        this.fairTime = breaker.fairTime(deadline).toNanos();
        this.timer = timer;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        return Mono.defer(() -> breaker.permits() ? permitted(call, next) : Mono.just(refusal()));
    }

    private Mono<Reply> permitted(ReadCall call, Upstream<ReadCall> next) {
        return breaker.isTrying()
                ? Leaving.outlivedBy(leaving -> tried(call.within(Deadline.in(deadline)), next, leaving))
                : attempt(call, next, new Permission(call.deadline(), false));
    }

    private Mono<Reply> tried(ReadCall call, Upstream<ReadCall> next, Leaving leaving) {
        var permission = new Permission(call.deadline(), true);
        return attempt(call, next, permission)
                .takeUntilOther(leaving.when().then(Mono.defer(permission::restOfFairTime)));
    }

    private static Mono<Reply> attempt(ReadCall call, Upstream<ReadCall> next, Permission permission) {
        return new Watched(Mono.defer(() -> next.send(call)), permission);
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
        private final boolean tries;
        private final long start = System.nanoTime();

        Permission(Deadline deadline, boolean tries) {
            this.deadline = deadline;
            this.tries = tries;
        }

        /** What an attempt has left that tries, once its caller is gone. */
        Mono<Long> restOfFairTime() {
            long left = Math.max(0, fairTime - (System.nanoTime() - start));
            return Mono.delay(Duration.ofNanos(left), timer.get());
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
                unreachable(refusal);
            } else if (reason == Reason.REPLY_BREAKS_CONTRACT) {
                breaker.succeeded(refusal.timing().nanos()); // it answered: what it says is another's to judge
            } else {
                breaker.nothing();
            }
        }

        /** A connection that is not made in the time that a caller left for it says as little as a reply that does not come. */
        private void unreachable(Refusal refusal) {
            long took = System.nanoTime() - start;
            boolean isCutShort = refusal.timing().sent() == 0 && took >= deadline.cut(Long.MAX_VALUE, start);
            if (isCutShort && took < fairTime) {
                breaker.nothing();
            } else {
                breaker.failed(took);
            }
        }

        @Override
        public void givenUp() {
            long now = System.nanoTime();
            if (isOfBefore()) {
                return;
            }
            if ((tries || deadline.isOver(now)) && now - start >= fairTime) {
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
