package dev.sallyport.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Keys, and calls that have one at the same time. */
final class IdempotencyFilterTest extends KeyedCallRig {
    @Test
    void a_call_without_a_key_goes_on_untouched() {
        ReadCall call = Calls.unread(Calls.call(BODY, Map.of("authorization", "Basic a"), "project"));

        assertThat(answer(send(call)).headers().first("Idempotent-Replayed")).isNull();
        send(call);

        assertThat(sent).containsExactly(call, call);
        assertThat(heard).isEmpty();
    }

    @Test
    void an_operation_that_takes_no_key_has_no_filter() {
        Contract keys = SmallPack.in(folder).contract("keys");

        assertThat(idempotency(false).filter(keys, door(), DEADLINE)).isEmpty();
    }

    @Test
    void the_same_key_for_another_call_is_refused_whatever_became_of_the_first() {
        send("key");

        Rejection rejection = Calls.rejection(send(call("key", "{'token':'other'}", "Basic a")));

        assertThat(rejection.reason()).isEqualTo(Reason.IDEMPOTENCY_KEY_REUSED);
        assertThat(sent).hasSize(1);
        assertThat(heard).endsWith("reused");
    }

    @Test
    void the_same_key_of_another_caller_is_another_key() {
        send("key");

        Answer other = answer(send(call("key", BODY, "Basic b")));

        assertThat(other.headers().first("Idempotent-Replayed")).isNull();
        assertThat(sent).hasSize(2);
    }

    @Test
    void a_call_in_flight_is_not_made_twice() {
        Sinks.One<Reply> answer = Sinks.one();
        provider = answer.asMono();
        List<Reply> first = new ArrayList<>();
        filter().around(this::provide).send(call("key")).subscribe(first::add);

        Rejection rejection = Calls.rejection(send("key"));

        assertThat(rejection.reason()).isEqualTo(Reason.DUPLICATE_CALL_IN_FLIGHT);
        assertThat(rejection.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(sent).hasSize(1);
        answer.tryEmitValue(success("{'user':'u'}"));
        assertThat(first).hasSize(1);
        assertThat(answer(send("key")).headers().first("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void a_call_in_flight_keeps_its_key_for_as_long_as_it_takes() {
        provider = Mono.never();
        filter().around(this::provide).send(call("key")).subscribe();

        time.advanceTimeBy(LEASE.multipliedBy(2));

        assertThat(Calls.rejection(send("key")).reason()).isEqualTo(Reason.DUPLICATE_CALL_IN_FLIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "é", "\"a\";p"})
    void a_header_that_is_no_key_is_refused(String written) {
        assertThat(Calls.rejection(send(written)).reason()).isEqualTo(Reason.IDEMPOTENCY_KEY_INVALID);
        assertThat(sent).isEmpty();
        assertThat(heard).containsExactly("invalid_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency_Key", "idempotency_key"})
    void a_header_that_is_meant_and_protects_nothing_is_refused(String name) {
        Reply reply = send(Calls.unread(Calls.call(BODY, Map.of(name, "key", "authorization", "Basic a"), "project")));

        Rejection rejection = Calls.rejection(reply);
        assertThat(rejection.reason()).isEqualTo(Reason.IDEMPOTENCY_KEY_INVALID);
        assertThat(rejection.message()).contains("with a hyphen");
        assertThat(sent).isEmpty();
    }

    @Test
    void a_key_without_a_caller_is_refused() {
        Reply reply = send(Calls.unread(Calls.call(BODY, Map.of("idempotency-key", "key"), null)));

        assertThat(Calls.rejection(reply).reason()).isEqualTo(Reason.IDEMPOTENCY_KEY_INVALID);
        assertThat(sent).isEmpty();
    }

    @Test
    void nothing_happens_before_a_reply_is_asked_for() {
        filter().around(this::provide).send(call("key"));

        assertThat(heard).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void it_says_where_and_how_long_it_remembers() {
        assertThat(filter()).hasToString("idempotency(local, kept 24h)");
    }
}
