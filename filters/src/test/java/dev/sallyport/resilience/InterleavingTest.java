package dev.sallyport.resilience;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.SilentCaller;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** What threads can do to each other at any two places, tried one after the other rather than met by luck. */
final class InterleavingTest {
    private static final Reply REPLY = Calls.answer(200, "{}");

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1);
    }

    @Test
    void the_budget_gives_no_retry_twice_and_loses_no_call() {
        options().check(Budget.class);
    }

    @Test
    void an_attempt_has_one_outcome_however_its_reply_and_its_caller_cross() {
        options().check(Outcome.class);
    }

    /** A retry for every second call, within one second. As if one thread at a time did all of it. */
    public static class Budget {
        private final RetryBudget budget = new RetryBudget(50, 0, () -> 0);

        @Operation
        public void payIn() {
            budget.payIn();
        }

        @Operation
        public boolean takeOut() {
            return budget.takeOut();
        }
    }

    /** One attempt whose reply comes and which is given up: what is counted is one, whichever is first. */
    public static class Outcome {
        private final AtomicInteger outcomes = new AtomicInteger();
        private final Late source = new Late();
        private final Caller caller = new Caller();
        private volatile boolean asked;

        public Outcome() {
            new Watched(source, new Watched.Outcome() {
                        @Override
                        public void replied(Reply reply) {
                            outcomes.incrementAndGet();
                        }

                        @Override
                        public void givenUp() {
                            outcomes.incrementAndGet();
                        }

                        @Override
                        public void failed() {
                            outcomes.incrementAndGet();
                        }
                    })
                    .subscribe(caller);
        }

        @Operation
        public void reply() {
            asked = true;
            source.reply();
        }

        @Operation
        public void giveUp() {
            asked = true;
            caller.leave();
        }

        @Validate
        public void hasOneOutcome() {
            if (outcomes.get() != (asked ? 1 : 0)) {
                throw new IllegalStateException("told of " + outcomes.get() + " outcomes");
            }
        }
    }

    private static final class Caller extends SilentCaller {
        @SuppressWarnings("NullAway.Init") // subscribed before anything else
        private Subscription reply;

        @Override
        public void onSubscribe(Subscription subscription) {
            reply = subscription;
        }

        void leave() {
            reply.cancel();
        }
    }

    private static final class Late extends Mono<Reply> {
        @SuppressWarnings("NullAway.Init") // subscribed to before anything else
        private CoreSubscriber<? super Reply> actual;

        @Override
        public void subscribe(CoreSubscriber<? super Reply> subscriber) {
            actual = subscriber;
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            });
        }

        void reply() {
            actual.onNext(REPLY);
        }
    }
}
