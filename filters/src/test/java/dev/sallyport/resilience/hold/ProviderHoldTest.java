package dev.sallyport.resilience.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.ProviderError;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.RequestLine;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

final class ProviderHoldTest {
    private static final ContractCatalog PACK = PackCompiler.loadServed(PackFiles.of("stytch"), new StrictJson(32));
    private static final String OPERATION = "sessions.authenticate";
    private static final String SECRET = "Basic cHJvamVjdDpzZWNyZXQ=";
    private static final Reply LIMITED = error(429, "too_many_requests", "");
    private static final Reply OK = Calls.answer(200, "{}");

    private final AtomicLong nanos = new AtomicLong();
    private final ProviderHolds holds = new ProviderHolds(nanos::get);
    private final List<String> heard = new ArrayList<>();
    private int sent;

    @Test
    void the_second_429_in_a_row_holds_calls_back_for_a_moment() {
        send(SECRET, LIMITED);
        send(SECRET, LIMITED);

        Reply held = send(SECRET, OK);
        pass(Duration.ofMillis(999));
        Reply still = send(SECRET, OK);
        pass(Duration.ofMillis(1));
        Reply later = send(SECRET, OK);

        assertIsHeld(held, 1);
        assertIsHeld(still, 1);
        assertThat(later).isSameAs(OK);
        assertThat(sent).isEqualTo(3);
        assertThat(heard).containsExactly(OPERATION + " for PT1S", OPERATION + " held back", OPERATION + " held back");
    }

    @Test
    void a_429_that_says_when_to_come_again_holds_calls_back_until_then() {
        send(SECRET, error(429, "too_many_requests", "Wed, 04 Mar 2026 10:00:07 GMT"));
        pass(Duration.ofMillis(1500));

        assertIsHeld(send(SECRET, OK), 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 404})
    void any_other_answer_begins_the_row_anew(int status) {
        send(SECRET, LIMITED);
        send(SECRET, Calls.answer(status, "{}"));
        send(SECRET, LIMITED);

        assertThat(send(SECRET, OK)).isSameAs(OK);
    }

    @Test
    void a_failure_of_the_providers_says_nothing_of_its_limits() {
        send(SECRET, LIMITED);
        send(SECRET, Calls.answer(500, "{}"));
        send(SECRET, new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no")));
        send(SECRET, LIMITED);

        assertIsHeld(send(SECRET, OK), 1);
    }

    @ParameterizedTest
    @CsvSource({"429, user_lock_limit_reached", "503, server_unavailable", "429, ''"})
    void what_is_not_about_too_many_calls_holds_nothing_back(int status, String type) {
        for (int call = 0; call < 5; call++) {
            send(SECRET, error(status, type, "30"));
        }

        assertThat(send(SECRET, OK)).isSameAs(OK);
        assertThat(heard).isEmpty();
    }

    @Test
    void other_credentials_and_other_operations_go_on() {
        send(SECRET, error(429, "too_many_requests", "30"));

        assertThat(send("Basic another", OK)).isSameAs(OK);
        assertThat(send("sessions.revoke", "project", SECRET, Mono.just(OK))).isSameAs(OK);
        assertThat(send(OPERATION, "project2", SECRET, Mono.just(OK))).isSameAs(OK);
        assertThat(send(OPERATION, "project", null, Mono.just(OK))).isSameAs(OK);
        assertIsHeld(send(SECRET, OK), 30);
    }

    @Test
    void calls_without_credentials_hold_nothing_back() {
        send(OPERATION, "project", null, Mono.just(error(429, "too_many_requests", "30")));
        send(OPERATION, null, SECRET, Mono.just(error(429, "too_many_requests", "30")));

        assertThat(send(OPERATION, "project", null, Mono.just(OK))).isSameAs(OK);
        assertThat(send(OPERATION, null, SECRET, Mono.just(OK))).isSameAs(OK);
    }

    @Test
    void answers_to_calls_of_before_neither_end_it_nor_tell_of_it_again() {
        Sinks.One<Reply> early = Sinks.one();
        Sinks.One<Reply> late = Sinks.one();
        filter(OPERATION)
                .around(asked -> early.asMono())
                .send(call(OPERATION, "project", SECRET))
                .subscribe();
        filter(OPERATION)
                .around(asked -> late.asMono())
                .send(call(OPERATION, "project", SECRET))
                .subscribe();
        send(SECRET, error(429, "too_many_requests", "30"));

        early.tryEmitValue(OK).orThrow();
        late.tryEmitValue(LIMITED).orThrow();

        assertIsHeld(send(SECRET, OK), 30);
        assertThat(heard).containsExactly(OPERATION + " for PT30S", OPERATION + " held back");
    }

    @Test
    void a_429_of_long_ago_is_forgotten() {
        send(SECRET, LIMITED);
        assertThat(holds.areAny()).isTrue();
        pass(Duration.ofMinutes(2));
        assertThat(holds.areAny()).isFalse();
        send(SECRET, LIMITED);

        assertThat(send(SECRET, OK)).isSameAs(OK);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void assertIsHeld(Reply reply, int seconds) {
        Rejection rejection = Calls.rejection(reply);
        assertThat(rejection.reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(rejection.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(rejection.message())
                .contains("not made")
                .endsWith(" in " + seconds + (seconds == 1 ? " second." : " seconds."));
    }

    private Reply send(String authorization, Reply reply) {
        return send(OPERATION, "project", authorization, Mono.just(reply));
    }

    private Reply send(String operation, @Nullable String project, @Nullable String authorization, Mono<Reply> reply) {
        return Calls.through(filter(operation), call(operation, project, authorization), asked -> {
            sent++;
            return reply;
        });
    }

    private ProviderHoldFilter filter(String operation) {
        var events = new ProviderHoldEvents() {
            @Override
            public void holdBegan(String began, Duration time) {
                heard.add(began + " for " + time);
            }

            @Override
            public void heldBack(String held) {
                heard.add(held + " held back");
            }
        };
        return new ProviderHoldFilter(
                PACK.contract(operation).orElseThrow(), holds, events, () -> Instant.parse("2026-03-04T10:00:00Z"));
    }

    private static ReadCall call(String operation, @Nullable String project, @Nullable String authorization) {
        return Calls.unread(Call.of(
                operation,
                new RequestLine("POST", "/"),
                Headers.of(authorization == null ? Map.of() : Map.of("authorization", authorization)),
                new byte[0],
                new Caller(project, "192.0.2.1")));
    }

    private static Answer error(int status, String type, String retryAfter) {
        String body = "{\"status_code\":" + status + ",\"request_id\":\"r\",\"error_type\":\"" + type
                + "\",\"error_message\":\"m\",\"error_url\":\"u\"}";
        Map<String, String> fields = retryAfter.isEmpty() ? Map.of() : Map.of("retry-after", retryAfter);
        return new Answer(
                status, Headers.of(fields), body.getBytes(StandardCharsets.UTF_8), Calls.TIMING, new ProviderError());
    }
}
