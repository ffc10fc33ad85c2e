package dev.sallyport.resilience;

import static dev.sallyport.resilience.RetryRig.BROKE_OFF;
import static dev.sallyport.resilience.RetryRig.OK;
import static dev.sallyport.resilience.RetryRig.UNREACHABLE;
import static dev.sallyport.resilience.RetryRig.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Which calls are made again, when, and how often. */
final class RetryTest {
    private final RetryRig rig = new RetryRig();

    @Test
    void a_call_that_never_left_is_made_again_after_a_part_of_the_backoff() {
        rig.replies(UNREACHABLE, OK);

        rig.send("sessions.migrate");
        rig.passes(Duration.ofMillis(49));
        int before = rig.sent();
        rig.passes(Duration.ofMillis(1));

        assertThat(before).isEqualTo(1);
        assertThat(rig.sent()).isEqualTo(2);
        assertThat(rig.got).containsExactly(OK);
        assertThat(rig.heard).containsExactly("unreachable", "retried unreachable", "ok");
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
        rig.replies(first, OK);
        rig.got.clear();
        rig.budget(20, 3);
        int before = rig.sent();
        rig.send(operation);
        rig.passes(Duration.ofSeconds(1));
        assertThat(rig.got).containsExactly(rig.sent() - before == 1 ? first : OK);
        return rig.sent() - before;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"2 | 2050", "Mon, 02 Mar 2026 09:00:03 GMT | 3050", "in a while | 50"})
    void the_provider_says_when_to_come_back(String said, long millis) {
        rig.replies(error(429, "too_many_requests", said), OK);

        rig.send("sessions.migrate");
        rig.passes(Duration.ofMillis(millis - 1));
        int before = rig.sent();
        rig.passes(Duration.ofMillis(1));

        assertThat(before).isEqualTo(1);
        assertThat(rig.sent()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "999999999", "10000000000", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void what_would_come_after_the_deadline_is_not_waited_for(String said) {
        Reply tooMany = error(429, "too_many_requests", said);
        rig.replies(tooMany);

        rig.filter("sessions.migrate")
                .around(rig.provider())
                .send(Calls.unread(Calls.within(Calls.call("{}"), Duration.ofSeconds(10))))
                .subscribe(rig.got::add);

        assertThat(rig.got).containsExactly(tooMany);
        assertThat(rig.heard).containsExactly("rate_limited", "out of time");
        assertThat(rig.drained()).as("nothing was charged").isEqualTo(30);
    }

    @Test
    void the_last_failure_stands_when_the_attempts_are_used_up() {
        rig.replies(UNREACHABLE, UNREACHABLE, BROKE_OFF);

        rig.send("sessions.list");
        rig.passes(Duration.ofSeconds(5));

        assertThat(rig.got).containsExactly(BROKE_OFF);
        assertThat(rig.sent()).isEqualTo(3);
    }

    @Test
    void a_thousand_that_wait_are_charged_before_their_wait() {
        for (int call = 0; call < 1000; call++) {
            rig.replies(UNREACHABLE);
            rig.send("sessions.migrate");
        }

        assertThat(rig.heard.stream().filter("retried unreachable"::equals)).hasSize(30 + 200);
        assertThat(rig.heard.stream().filter("out of budget"::equals)).hasSize(1000 - 230);
    }

    @Test
    void operations_pay_from_one_budget() {
        rig.budget(0, 3);
        for (int call = 0; call < 20; call++) {
            rig.replies(UNREACHABLE, UNREACHABLE);
            rig.send("sessions.migrate");
            rig.send("sessions.list");
        }

        assertThat(rig.heard.stream().filter("retried unreachable"::equals)).hasSize(30);
    }

    @Test
    void a_caller_that_goes_away_stops_the_retries() {
        rig.replies(UNREACHABLE);

        rig.filter("sessions.migrate")
                .around(rig.provider())
                .send(Calls.unread(Calls.call("{}")))
                .subscribe()
                .dispose();
        rig.passes(Duration.ofSeconds(10));

        assertThat(rig.sent()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"PT1M, caller_left", "PT0S, timed_out"})
    void an_attempt_that_is_given_up_is_counted_by_why(Duration left, String result) {
        Call call = Calls.within(Calls.call("{}"), left);

        rig.filter("sessions.migrate")
                .around(sending -> Mono.never())
                .send(Calls.unread(call))
                .subscribe()
                .dispose();

        assertThat(rig.heard).containsExactly(result);
    }

    @Test
    void a_bug_is_counted_and_not_repeated() {
        rig.filter("sessions.list")
                .around(sending -> Mono.error(new IllegalStateException("bug")))
                .send(Calls.unread(Calls.call("{}")))
                .subscribe(rig.got::add, bug -> {});

        assertThat(rig.got).isEmpty();
        assertThat(rig.heard).containsExactly("bug");
    }
}
