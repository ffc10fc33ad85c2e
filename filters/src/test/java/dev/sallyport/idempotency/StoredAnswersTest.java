package dev.sallyport.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What a caller is given again, and what not any more. */
final class StoredAnswersTest extends KeyedCallRig {
    @Test
    void a_success_is_given_again_with_its_status_body_and_fields() {
        provider = Mono.fromSupplier(() -> new ReplyReading(contract)
                .read(
                        200,
                        Headers.of(Map.of("content-type", "application/json", "set-cookie", "s=1", "date", "then")),
                        bytes("{'user':'u'}"),
                        Calls.TIMING));
        Answer first = answer(send("key"));

        Answer again = answer(send("\"key\""));

        assertThat(sent).hasSize(1);
        assertThat(first.headers().first("Idempotent-Replayed")).isNull();
        assertThat(again.headers().first("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.headers().first("content-type")).isEqualTo("application/json");
        assertThat(again.headers().first("set-cookie")).isNull();
        assertThat(again.headers().first("date")).isNull();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.timing()).isEqualTo(Timing.NONE);
        assertThat(heard).containsExactly("first", "ended stored", "replayed");
    }

    @Test
    void an_answer_whose_token_does_not_pass_any_more_is_not_given_again() {
        provider = Mono.fromSupplier(() -> success("{'user':'u','jwt':'t'}"));
        send("key");
        var expired = new Violation("/jwt", "expired", "login#session-token/expired", "must be one", null);
        tokens = answer -> Refusal.of(Rejection.of(Reason.SESSION_TOKEN_REFUSED, "no", List.of(expired)), answer);

        Rejection rejection = Calls.rejection(send("key"));

        assertThat(rejection.reason()).isEqualTo(Reason.STORED_ANSWER_GONE);
        assertThat(rejection.violations()).containsExactly(expired);
        assertThat(sent).hasSize(1);
        assertThat(heard).endsWith("gone");
    }

    @Test
    void an_answer_with_a_token_is_kept_for_no_longer_than_that_can_pass() {
        provider = Mono.fromSupplier(() -> success("{'user':'u','jwt':'t'}"));
        send("key");

        time.advanceTimeBy(TOKEN_LIFE.minusNanos(1));
        assertThat(send("key")).isInstanceOf(Answer.class);
        time.advanceTimeBy(Duration.ofNanos(1));
        assertThat(Calls.rejection(send("key")).reason()).isEqualTo(Reason.STORED_ANSWER_GONE);
        assertThat(sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'user':'u'}", "{'user':'u','jwt':''}", "{'user':'u','jwt':null}"})
    void an_answer_without_a_token_is_kept_for_as_long_as_its_call_is_remembered(String body) {
        provider = Mono.fromSupplier(() -> success(body));
        send("key");

        time.advanceTimeBy(KEEP.minusNanos(1));
        assertThat(send("key")).isInstanceOf(Answer.class);
        time.advanceTimeBy(Duration.ofNanos(1));
        send("key");
        assertThat(sent).hasSize(2);
    }

    @Test
    void keys_that_are_missing_are_told_as_they_are() {
        send("key");
        tokens = answer -> Refusal.of(Rejection.of(Reason.SESSION_KEYS_UNAVAILABLE, "no keys"), answer);

        assertThat(Calls.rejection(send("key")).reason()).isEqualTo(Reason.SESSION_KEYS_UNAVAILABLE);
    }

    @Test
    void an_answer_that_cannot_be_opened_is_not_given() {
        send("key");
        Reply reply = send(call("key"), idempotencyOf(new Tampering(local)));

        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.STORED_ANSWER_GONE);
        assertThat(heard).endsWith("unreadable");
        assertThat(sent).hasSize(1);
    }

    /** Changes a bit of every answer. */
    private record Tampering(ClaimStore base) implements ClaimStore {
        @Override
        public Mono<Claim> claim(Wish wish) {
            return base.claim(wish).map(Tampering::tampered);
        }

        private static Claim tampered(Claim claim) {
            @Nullable SealedAnswer answer = claim instanceof Claim.Held held ? held.answer() : null;
            if (answer != null) {
                answer.bytes()[20] ^= 1;
            }
            return claim;
        }

        @Override
        public Mono<Boolean> renew(Wish granted) {
            return base.renew(granted);
        }

        @Override
        public Mono<Boolean> end(Wish granted, Ending ending) {
            return base.end(granted, ending);
        }
    }
}
