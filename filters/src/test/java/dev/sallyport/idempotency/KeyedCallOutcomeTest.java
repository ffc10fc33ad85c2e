package dev.sallyport.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What is remembered of a call that did not simply succeed. */
final class KeyedCallOutcomeTest extends KeyedCallRig {
    @Test
    void a_call_whose_caller_left_is_carried_through_and_its_answer_found() {
        Sinks.One<Reply> answer = Sinks.one();
        provider = answer.asMono();
        Disposable caller = filter().around(this::provide).send(call("key")).subscribe();

        caller.dispose();
        time.advanceTimeBy(LEASE.multipliedBy(2));
        assertThat(Calls.rejection(send("key")).reason()).isEqualTo(Reason.DUPLICATE_CALL_IN_FLIGHT);
        answer.tryEmitValue(success("{'user':'u'}"));

        assertThat(answer(send("key")).headers().first("Idempotent-Replayed")).isEqualTo("true");
        assertThat(sent).hasSize(1);
    }

    @Test
    void a_stop_waits_for_a_call_whose_caller_left_and_for_no_other() throws InterruptedException {
        Sinks.One<Reply> answer = Sinks.one();
        provider = answer.asMono();
        Idempotency idempotency = idempotency(false);
        Filter<ReadCall> filter = idempotency.filter(contract, door(), DEADLINE).orElseThrow();
        filter.around(this::provide).send(call("key")).subscribe().dispose();

        assertThat(idempotency.unfinished().count()).isEqualTo(1);
        assertThat(idempotency.unfinished().endWithin(Duration.ofMillis(1))).isFalse();
        answer.tryEmitValue(success("{'user':'u'}"));

        assertThat(idempotency.unfinished().endWithin(Duration.ZERO)).isTrue();
        assertThat(heard).endsWith("ended stored");
    }

    @Test
    void a_call_that_nothing_is_heard_of_is_given_up_at_the_deadline_and_its_outcome_unknown() {
        boolean[] given = new boolean[1];
        provider = Mono.<Reply>never().doOnCancel(() -> given[0] = true);
        Disposable caller = filter().around(this::provide).send(call("key")).subscribe();
        caller.dispose();

        time.advanceTimeBy(DEADLINE);

        assertThat(given[0]).isTrue();
        assertThat(heard).endsWith("ended unknown");
        assertUnknown();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429})
    void what_the_provider_said_no_to_may_be_tried_again(int status) {
        provider = Mono.fromSupplier(() -> Calls.answer(status, "{}"));
        send("key");
        send("key");

        assertThat(sent).hasSize(2);
        assertThat(heard).containsExactly("first", "ended freed", "first", "ended freed");
    }

    @Test
    void what_never_left_may_be_tried_again() {
        provider = Mono.fromSupplier(() -> new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no")));
        send("key");
        send("key");

        assertThat(sent).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 302})
    void after_an_answer_that_leaves_it_open_the_call_is_not_made_again(int status) {
        provider = Mono.fromSupplier(() -> Calls.answer(status, "{}"));
        send("key");

        assertUnknown();
    }

    @Test
    void after_a_reply_that_the_second_door_refused_the_call_is_not_made_again_and_nothing_of_it_kept() {
        provider = Mono.fromSupplier(() ->
                Refusal.of(Rejection.of(Reason.SESSION_TOKEN_REFUSED, "no"), (Answer) success("{'user':'forged'}")));
        send("key");

        assertUnknown();
    }

    @Test
    void after_a_connection_that_broke_once_bytes_had_left_the_call_is_not_made_again() {
        provider = Mono.fromSupplier(() -> new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no"), Calls.TIMING));
        send("key");

        assertUnknown();
    }

    @Test
    void after_a_bug_the_call_is_not_made_again() {
        provider = Mono.error(new IllegalStateException("a bug"));
        assertThat(Mono.from(filter().around(this::provide).send(call("key")))
                        .map(reply -> "replied")
                        .onErrorResume(bug -> Mono.just(String.valueOf(bug.getMessage())))
                        .block())
                .isEqualTo("a bug");
        provider = Mono.fromSupplier(() -> success("{}"));

        assertUnknown();
    }

    @Test
    void an_upstream_that_gives_nothing_is_a_bug() {
        provider = Mono.empty();

        assertThat(filter().around(this::provide)
                        .send(call("key"))
                        .map(Reply::toString)
                        .onErrorReturn("failed")
                        .block())
                .isEqualTo("failed");
    }
}
