package dev.sallyport.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.SilentCaller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

final class RelayTest {
    private static final Reply REPLY = Calls.answer(200, "{}");
    private static final Reply INSTEAD = Calls.answer(201, "{}");

    private final List<String> heard = new ArrayList<>();

    @Test
    void nothing_is_asked_for_before_the_caller_asks() {
        var caller = new Caller(heard, 0);
        relayed(Mono.fromSupplier(() -> {
                    heard.add("asked");
                    return REPLY;
                }))
                .subscribe(caller);
        assertThat(heard).isEmpty();

        caller.request(1);
        caller.request(1);

        assertThat(heard).containsExactly("asked", "replied", "got 200", "complete");
    }

    @Test
    void a_failure_and_no_reply_at_all_are_told_once_or_replaced() {
        relayed(Mono.error(new IllegalStateException("bug"))).subscribe(new Caller(heard, 1));
        relayed(Mono.empty()).subscribe(new Caller(heard, 1));
        relayed(Mono.error(new IllegalStateException("instead"))).subscribe(new Caller(heard, 1));

        assertThat(heard)
                .containsExactly(
                        "failed bug",
                        "error bug",
                        "failed an upstream gave no reply",
                        "error an upstream gave no reply",
                        "failed instead",
                        "got 201",
                        "complete");
    }

    @Test
    void a_bug_on_the_way_back_is_a_failure() {
        relayed(Mono.just(Calls.answer(500, "{}"))).subscribe(new Caller(heard, 1));

        assertThat(heard).containsExactly("replied", "failed not this one", "error not this one");
    }

    @Test
    void a_caller_that_leaves_is_noted_and_then_the_source_is_cancelled() {
        TestPublisher<Reply> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        var caller = new Caller(heard, 1);
        relayed(source.mono().doOnCancel(() -> heard.add("cancelled"))).subscribe(caller);

        caller.cancel();
        source.next(REPLY);

        assertThat(heard).containsExactly("left", "cancelled");
    }

    @Test
    void a_caller_that_leaves_with_its_reply_has_had_it() {
        var caller = new Caller(heard, 1, BaseSubscriber::cancel);
        relayed(Mono.just(REPLY)).subscribe(caller);

        assertThat(heard).containsExactly("replied", "got 200");
    }

    @Test
    void a_source_that_begins_after_the_caller_left_is_cancelled() {
        var source = TestPublisher.<Reply>create();
        var caller = new Caller(heard, 0);
        relayed(Mono.defer(() -> {
                    caller.cancel();
                    return source.mono();
                }))
                .subscribe(caller);

        caller.request(1);

        source.assertCancelled();
        assertThat(heard).containsExactly("left");
    }

    @Test
    void a_reply_has_one_outcome_however_it_crosses_the_caller_and_an_end_of_another_kind() {
        new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .check(Crossing.class);
    }

    private Mono<Reply> relayed(Mono<Reply> source) {
        return Relay.through(caller -> new Told(source, heard::add, caller));
    }

    /** Tells what it hears; does not let a 500 pass. */
    private static final class Told extends Relay {
        private final Mono<Reply> source;
        private final Consumer<String> hears;

        Told(Mono<Reply> source, Consumer<String> hears, CoreSubscriber<? super Reply> caller) {
            super(caller);
            this.source = source;
            this.hears = hears;
        }

        @Override
        protected void begin() {
            source.subscribe(this);
        }

        void endOtherwise() {
            if (end()) {
                cancelSource();
                hears.accept("other");
                tell(INSTEAD);
            }
        }

        @Override
        protected Reply replied(Reply reply) {
            hears.accept("replied");
            if (((Reply.Answer) reply).status() == 500) {
                throw new IllegalStateException("not this one");
            }
            return reply;
        }

        @Override
        protected @Nullable Reply failed(Throwable bug) {
            hears.accept("failed " + bug.getMessage());
            return "instead".equals(bug.getMessage()) ? INSTEAD : null;
        }

        @Override
        protected void left() {
            hears.accept("left");
        }
    }

    private static final class Caller extends BaseSubscriber<Reply> {
        private final List<String> heard;
        private final long asks;
        private final Consumer<Caller> then;

        Caller(List<String> heard, long asks) {
            this(heard, asks, caller -> {});
        }

        Caller(List<String> heard, long asks, Consumer<Caller> then) {
            this.heard = heard;
            this.asks = asks;
            this.then = then;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            if (asks > 0) {
                subscription.request(asks);
            }
        }

        @Override
        protected void hookOnNext(Reply reply) {
            heard.add("got " + ((Reply.Answer) reply).status());
            then.accept(this);
        }

        @Override
        protected void hookOnError(Throwable bug) {
            heard.add("error " + bug.getMessage());
        }

        @Override
        protected void hookOnComplete() {
            heard.add("complete");
        }
    }

    /** A reply that comes, is given up, and ends by something else: one of them is heard, whichever is first. */
    public static class Crossing {
        private final AtomicInteger outcomes = new AtomicInteger();
        private final Told relay = new Told(Mono.never(), what -> outcomes.incrementAndGet(), new SilentCaller());
        private volatile boolean ended;

        public Crossing() {
            relay.request(1);
        }

        @Operation
        public void reply() {
            ended = true;
            relay.onNext(REPLY);
        }

        @Operation
        public void leave() {
            ended = true;
            relay.cancel();
        }

        @Operation
        public void endOtherwise() {
            ended = true;
            relay.endOtherwise();
        }

        @Validate
        public void hasOneOutcome() {
            if (outcomes.get() != (ended ? 1 : 0)) {
                throw new IllegalStateException("told of " + outcomes.get() + " outcomes");
            }
        }
    }
}
