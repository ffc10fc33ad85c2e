package dev.sallyport.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

final class InsteadTest {
    private static final Reply REPLY = Calls.answer(200, "{}");
    private static final Reply OTHER = Calls.answer(201, "{}");

    @Test
    void a_reply_goes_on_as_it_is() {
        AtomicInteger looks = new AtomicInteger();

        StepVerifier.create(looked(Mono.just(REPLY), reply -> {
                    assertThat(reply).isSameAs(REPLY);
                    looks.incrementAndGet();
                    return null;
                }))
                .expectNext(REPLY)
                .verifyComplete();

        assertThat(looks).hasValue(1);
    }

    @Test
    void nothing_is_asked_for_before_the_caller_asks() {
        var source = TestPublisher.<Reply>create();

        StepVerifier.create(looked(source.mono(), reply -> null), 0)
                .then(source::assertWasNotRequested)
                .thenRequest(1)
                .then(() -> source.next(REPLY))
                .expectNext(REPLY)
                .verifyComplete();
    }

    @Test
    void another_is_told_in_its_place_when_it_is_there() {
        var other = TestPublisher.<Reply>create();

        StepVerifier.create(looked(Mono.just(REPLY), reply -> other.mono()))
                .then(() -> other.emit(OTHER))
                .expectNext(OTHER)
                .verifyComplete();
    }

    @Test
    void so_are_a_failure_and_nothing_in_its_place() {
        StepVerifier.create(looked(Mono.just(REPLY), reply -> Mono.error(new IllegalStateException("other"))))
                .verifyErrorMessage("other");
        StepVerifier.create(looked(Mono.just(REPLY), reply -> Mono.empty())).verifyComplete();
    }

    @Test
    void what_is_no_reply_is_told_without_a_look() {
        Function<Reply, @Nullable Mono<Reply>> look = reply -> Mono.just(OTHER);

        StepVerifier.create(looked(Mono.error(new IllegalStateException("bug")), look))
                .verifyErrorMessage("bug");
        StepVerifier.create(looked(Mono.empty(), look)).verifyComplete();
    }

    @Test
    void a_look_that_fails_ends_the_source_and_is_told() {
        TestPublisher<Reply> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);

        StepVerifier.create(looked(source.mono(), reply -> {
                    throw new IllegalStateException("look");
                }))
                .then(() -> source.next(REPLY))
                .verifyErrorMessage("look");

        source.assertCancelled();
    }

    @Test
    void a_caller_that_leaves_gives_up_what_it_waits_for() {
        var source = TestPublisher.<Reply>create();
        var other = TestPublisher.<Reply>create();

        StepVerifier.create(looked(source.mono(), reply -> other.mono()))
                .thenCancel()
                .verify();
        StepVerifier.create(looked(Mono.just(REPLY), reply -> other.mono()))
                .then(other::assertWasRequested)
                .thenCancel()
                .verify();

        source.assertCancelled();
        other.assertCancelled();
    }

    @Test
    void what_begins_after_the_caller_left_is_given_up() {
        var source = TestPublisher.<Reply>create();
        var other = TestPublisher.<Reply>create();
        var caller = new LeavingCaller();
        looked(source.mono(), reply -> {
                    caller.cancel();
                    return other.mono();
                })
                .subscribe(caller);

        source.next(REPLY);

        other.assertCancelled();
        other.assertWasNotRequested();
    }

    private static Mono<Reply> looked(Mono<Reply> source, Function<Reply, @Nullable Mono<Reply>> look) {
        return Instead.of(source, look);
    }

    private static final class LeavingCaller extends BaseSubscriber<Reply> {}
}
