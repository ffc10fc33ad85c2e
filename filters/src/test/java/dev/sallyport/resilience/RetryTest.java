package dev.sallyport.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.ProviderError;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.resilience.RetryFilter.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

final class RetryTest {
    private static final ContractCatalog PACK = PackCompiler.loadServed(PackFiles.of("stytch"), new StrictJson(32));
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Reply UNREACHABLE = new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no"));
    private static final Reply BROKE_OFF =
            new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "broke"), Calls.TIMING);
    private static final Reply OK = Calls.answer(200, "{}");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private final List<Reply> got = new ArrayList<>();
    private RetryBudget budget = new RetryBudget(20, 3, () -> 0);
    private int sent;

    @Test
    void a_call_that_never_left_is_made_again_after_a_part_of_the_backoff() {
        replies.addAll(List.of(UNREACHABLE, OK));

        send("sessions.migrate");
        time.advanceTimeBy(Duration.ofMillis(49));
        int before = sent;
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(before).isEqualTo(1);
        assertThat(sent).isEqualTo(2);
        assertThat(got).containsExactly(OK);
        assertThat(heard).containsExactly("unreachable", "retried unreachable", "ok");
    }

    @ParameterizedTest
    @CsvSource({
        // operation, attempts after: a broken connection, 429, 429 of another kind, 503, 503 of another kind, 500, 400
        "sessions.list,                                2, 2, 1, 2, 2, 2, 1",
        "sessions.authenticate,                        2, 2, 1, 2, 2, 2, 1",
        "sessions.revoke,                              2, 2, 1, 2, 2, 2, 1",
        "sessions.jwks,                                2, 2, 1, 2, 2, 2, 1",
        "debug.whoami,                                 2, 2, 1, 2, 2, 2, 1",
        "sessions.migrate,                             1, 2, 1, 2, 1, 1, 1",
        "sessions.attest,                              1, 2, 1, 2, 1, 1, 1",
        "b2b.sessions.exchange,                        1, 2, 1, 2, 1, 1, 1",
        "b2b.sessions.attest,                          1, 2, 1, 2, 1, 1, 1",
        "b2b.sessions.migrate,                         1, 2, 1, 2, 1, 1, 1",
        "sessions.exchange_access_token,               1, 2, 1, 1, 1, 1, 1",
        "b2b.sessions.exchange_access_token,           1, 2, 1, 1, 1, 1, 1",
        "b2b.discovery.intermediate_sessions.exchange, 1, 2, 1, 1, 1, 1, 1",
    })
    void only_what_does_nothing_twice_is_made_again(
            String operation,
            int brokeOff,
            int tooMany,
            int lockedOut,
            int unavailable,
            int page,
            int error,
            int wrong) {
        assertThat(attempts(operation, BROKE_OFF)).isEqualTo(brokeOff);
        assertThat(attempts(operation, error(429, "too_many_requests", ""))).isEqualTo(tooMany);
        assertThat(attempts(operation, error(429, "user_lock_limit_reached", "")))
                .isEqualTo(lockedOut);
        assertThat(attempts(operation, error(503, "server_unavailable", ""))).isEqualTo(unavailable);
        assertThat(attempts(operation, Calls.answer(503, "<html>"))).isEqualTo(page);
        assertThat(attempts(operation, error(500, "internal_server_error", ""))).isEqualTo(error);
        assertThat(attempts(operation, error(400, "bad_request", ""))).isEqualTo(wrong);
    }

    private int attempts(String operation, Reply first) {
        replies.clear();
        replies.addAll(List.of(first, OK));
        got.clear();
        budget = new RetryBudget(20, 3, () -> 0);
        int before = sent;
        send(operation);
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(got).containsExactly(sent - before == 1 ? first : OK);
        return sent - before;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"2 | 2050", "Mon, 02 Mar 2026 09:00:03 GMT | 3050", "in a while | 50"})
    void the_provider_says_when_to_come_back(String said, long millis) {
        replies.addAll(List.of(error(429, "too_many_requests", said), OK));

        send("sessions.migrate");
        time.advanceTimeBy(Duration.ofMillis(millis - 1));
        int before = sent;
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(before).isEqualTo(1);
        assertThat(sent).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void what_would_come_after_the_deadline_is_not_waited_for(String said) {
        Reply tooMany = error(429, "too_many_requests", said);
        replies.add(tooMany);

        filter("sessions.migrate")
                .around(provider())
                .send(Calls.unread(Calls.within(Calls.call("{}"), Duration.ofSeconds(10))))
                .subscribe(got::add);

        assertThat(got).containsExactly(tooMany);
        assertThat(heard).containsExactly("rate_limited", "out of time");
        assertThat(drained()).as("nothing was charged").isEqualTo(30);
    }

    @Test
    void the_last_failure_stands_when_the_attempts_are_used_up() {
        replies.addAll(List.of(UNREACHABLE, UNREACHABLE, BROKE_OFF));

        send("sessions.list");
        time.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(got).containsExactly(BROKE_OFF);
        assertThat(sent).isEqualTo(3);
    }

    @Test
    void a_thousand_that_wait_are_charged_before_their_wait() {
        for (int call = 0; call < 1000; call++) {
            replies.add(UNREACHABLE);
            send("sessions.migrate");
        }

        assertThat(heard.stream().filter("retried unreachable"::equals)).hasSize(30 + 200);
        assertThat(heard.stream().filter("out of budget"::equals)).hasSize(1000 - 230);
    }

    @Test
    void operations_pay_from_one_budget() {
        budget = new RetryBudget(0, 3, () -> 0);
        for (int call = 0; call < 20; call++) {
            replies.addAll(List.of(UNREACHABLE, UNREACHABLE));
            send("sessions.migrate");
            send("sessions.list");
        }

        assertThat(heard.stream().filter("retried unreachable"::equals)).hasSize(30);
    }

    @Test
    void a_revoke_that_was_repeated_and_finds_nothing_is_a_success() {
        replies.addAll(List.of(BROKE_OFF, error(404, "session_not_found", "")));

        send("sessions.revoke");
        time.advanceTimeBy(Duration.ofSeconds(1));

        Answer answer = (Answer) got.get(0);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"status_code\":200,\"request_id\":\"request-id-test-1\"}");
        assertThat(answer.content()).isInstanceOf(Document.class);
        assertThat(answer.headers().first("content-type")).isEqualTo("application/json");
        assertThat(answer.headers().first("sallyport-concluded")).isEqualTo("done-before");
        assertThat(answer.headers().first("x-of-the-provider")).isNull();
        assertThat(heard).containsExactly("broke_off", "retried broke_off", "client_error", "done before");
    }

    @Test
    void a_revoke_that_finds_nothing_at_first_is_none() {
        Reply notFound = error(404, "session_not_found", "");
        replies.add(notFound);

        send("sessions.revoke");

        assertThat(got).containsExactly(notFound);
    }

    @ParameterizedTest
    @CsvSource({"429, too_many_requests", "503, server_unavailable"})
    void a_revoke_that_finds_nothing_after_one_that_was_not_carried_out_is_none(int status, String type) {
        Reply notFound = error(404, "session_not_found", "");
        replies.addAll(List.of(error(status, type, ""), notFound));

        send("sessions.revoke");
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(got).containsExactly(notFound);
    }

    @ParameterizedTest
    @CsvSource({"404, member_not_found", "401, session_not_found", "400, bad_request"})
    void another_error_of_a_repeated_revoke_stands(int status, String type) {
        Reply other = error(status, type, "");
        replies.addAll(List.of(error(500, "internal_server_error", ""), other));

        send("b2b.sessions.revoke");
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(got).containsExactly(other);
    }

    @ParameterizedTest
    @EnumSource(names = {"CIRCUIT_OPEN", "OVERLOADED", "PROVIDER_UNREACHABLE"})
    void what_never_left_does_not_hide_that_an_earlier_attempt_may_have_been_carried_out(Reason reason) {
        Reply never = new Refusal(Rejection.of(reason, "not made"));
        replies.addAll(List.of(BROKE_OFF, never, never));

        send("sessions.revoke");
        time.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(got).containsExactly(BROKE_OFF);
    }

    @Test
    void what_never_left_stands_after_one_that_was_not_carried_out() {
        Reply never = new Refusal(Rejection.of(Reason.CIRCUIT_OPEN, "not made"));
        replies.addAll(List.of(error(503, "server_unavailable", ""), never));

        send("sessions.revoke");
        time.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(got).containsExactly(never);
    }

    @Test
    void a_session_that_is_looked_at_again_and_not_found_is_none() {
        Reply notFound = error(404, "session_not_found", "");
        replies.addAll(List.of(BROKE_OFF, notFound));

        send("sessions.authenticate");
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(got).containsExactly(notFound);
    }

    @Test
    void a_caller_that_goes_away_stops_the_retries() {
        replies.add(UNREACHABLE);

        filter("sessions.migrate")
                .around(provider())
                .send(Calls.unread(Calls.call("{}")))
                .subscribe()
                .dispose();
        time.advanceTimeBy(Duration.ofSeconds(10));

        assertThat(sent).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"PT1M, caller_left", "PT0S, timed_out"})
    void an_attempt_that_is_given_up_is_counted_by_why(Duration left, String result) {
        Call call = Calls.within(Calls.call("{}"), left);

        filter("sessions.migrate")
                .around(sending -> Mono.never())
                .send(Calls.unread(call))
                .subscribe()
                .dispose();

        assertThat(heard).containsExactly(result);
    }

    @Test
    void a_bug_is_counted_and_not_repeated() {
        filter("sessions.list")
                .around(sending -> Mono.error(new IllegalStateException("bug")))
                .send(Calls.unread(Calls.call("{}")))
                .subscribe(got::add, bug -> {});

        assertThat(got).isEmpty();
        assertThat(heard).containsExactly("bug");
    }

    private static Answer error(int status, String type, String retryAfter) {
        String body = "{\"status_code\":" + status + ",\"request_id\":\"request-id-test-1\",\"error_type\":\"" + type
                + "\",\"error_message\":\"m\",\"error_url\":\"u\"}";
        Map<String, String> fields = retryAfter.isEmpty()
                ? Map.of("X-Of-The-Provider", "1")
                : Map.of("X-Of-The-Provider", "1", "Retry-After", retryAfter);
        return new Answer(
                status,
                Headers.of(fields),
                body.getBytes(StandardCharsets.UTF_8),
                new Timing(5, 6),
                new ProviderError());
    }

    private void send(String operation) {
        filter(operation)
                .around(provider())
                .send(Calls.unread(Calls.call("{}")))
                .subscribe(got::add);
    }

    private RetryFilter filter(String operation) {
        Contract contract = PACK.contract(operation).orElseThrow();
        return new RetryFilter(
                contract,
                new RetryDecision(3, Duration.ofMillis(100), contract.conduct().repeatable()),
                budget,
                new Heard(),
                new Waiting(() -> time, () -> 0.5, () -> NOW));
    }

    private int drained() {
        int retries = 0;
        while (budget.takeOut()) {
            retries++;
        }
        return retries;
    }

    private Upstream<ReadCall> provider() {
        return call -> Mono.fromSupplier(() -> {
            sent++;
            return replies.remove();
        });
    }

    private final class Heard implements RetryEvents {
        @Override
        public void attempted(String operation, AttemptResult result) {
            heard.add(result.label());
        }

        @Override
        public void retried(String operation, AttemptResult why) {
            heard.add("retried " + why.label());
        }

        @Override
        public void outOfBudget(String operation) {
            heard.add("out of budget");
        }

        @Override
        public void outOfTime(String operation) {
            heard.add("out of time");
        }

        @Override
        public void doneBefore(String operation) {
            heard.add("done before");
        }
    }
}
