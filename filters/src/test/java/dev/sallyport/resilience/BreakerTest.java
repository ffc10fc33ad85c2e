package dev.sallyport.resilience;

import static dev.sallyport.resilience.BreakerRig.DEADLINE;
import static dev.sallyport.resilience.BreakerRig.GOOD;
import static dev.sallyport.resilience.BreakerRig.PAUSE;
import static dev.sallyport.resilience.BreakerRig.WINDOW;
import static dev.sallyport.resilience.BreakerRig.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What opens a breaker, and what says nothing of the provider. */
final class BreakerTest {
    private final BreakerRig rig = new BreakerRig();

    @ParameterizedTest
    @CsvSource({
        "500, OPEN",
        "503, OPEN",
        "599, OPEN",
        "400, CLOSED",
        "404, CLOSED",
        "429, CLOSED",
        "200, CLOSED",
        "302, CLOSED"
    })
    void errors_of_the_provider_open_it_and_errors_of_callers_do_not(int status, State state) {
        rig.send(GOOD, GOOD, answer(status, 1), answer(status, 1));

        assertThat(rig.breaker.breaker().getState()).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void of_what_is_refused_below_only_that_no_connection_was_had_or_kept_opens_it(Reason reason) {
        Reply refused = new Refusal(Rejection.of(reason, "no"));
        rig.send(refused, refused, refused, refused, GOOD, GOOD, GOOD, GOOD);

        boolean opens = reason == Reason.PROVIDER_UNREACHABLE;
        assertThat(rig.breaker.breaker().getState()).isEqualTo(opens ? State.OPEN : State.CLOSED);
        assertThat(rig.breaker.breaker().getMetrics().getNumberOfBufferedCalls())
                .as("what says nothing of the provider is not counted")
                .isEqualTo(WINDOW);
    }

    @Test
    void slow_answers_open_it_by_the_time_that_the_provider_took() {
        rig.send(answer(200, 1000), answer(200, 1000), answer(200, 1000), answer(200, 1000));

        assertThat(rig.breaker.breaker().getState()).isEqualTo(State.OPEN);
    }

    @Test
    void an_open_one_refuses_and_says_when_to_come_back() {
        rig.send(answer(500, 1), answer(500, 1), GOOD, GOOD);
        rig.nanos += Duration.ofMillis(1500).toNanos();
        rig.got.clear();

        rig.send(GOOD);

        Rejection rejection = Calls.rejection(rig.got.get(0));
        assertThat(rejection.reason()).isEqualTo(Reason.CIRCUIT_OPEN);
        assertThat(rejection.retryAfter()).isEqualTo(Duration.ofMillis(3500));
        assertThat(rig.asked).as("the provider is not asked").isEqualTo(WINDOW);
    }

    @Test
    void callers_that_leave_a_closed_one_count_for_nothing_and_take_their_attempt_along() {
        for (int left = 0; left < 2 * WINDOW; left++) {
            var attempt = rig.attempt();
            attempt.caller.dispose();
            assertThat(attempt.isGivenUp()).isTrue();
        }

        assertThat(rig.breaker.breaker().getState()).isEqualTo(State.CLOSED);
        assertThat(rig.breaker.breaker().getMetrics().getNumberOfBufferedCalls())
                .isZero();
    }

    @Test
    void what_is_given_up_at_the_deadline_is_a_failure() {
        for (int attempt = 0; attempt < WINDOW; attempt++) {
            hangUntilDeadline(rig.breaker, DEADLINE);
        }

        assertThat(rig.breaker.breaker().getState()).isEqualTo(State.OPEN);
    }

    @Test
    void a_time_that_a_caller_cut_short_is_none() {
        ProviderBreaker patient = rig.breaker(Duration.ofMinutes(2), PAUSE);
        for (int attempt = 0; attempt < 2 * WINDOW; attempt++) {
            hangUntilDeadline(patient, Duration.ofMillis(1));
        }

        assertThat(patient.breaker().getState()).isEqualTo(State.CLOSED);
        assertThat(patient.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // the caller's time, what the connection took, half of the operation's time, in ms
        "10,    9, 60000, CLOSED",
        "60000, 9, 60000, OPEN",
        "10,    9, 5,     OPEN",
    })
    void a_connection_that_a_caller_left_no_time_for_says_nothing(long time, long took, long fair, State state) {
        ProviderBreaker patient = rig.breaker(Duration.ofMinutes(2), PAUSE);
        Reply unreachable = new Refusal(Rejection.of(Reason.PROVIDER_UNREACHABLE, "no"));
        for (int attempt = 0; attempt < WINDOW; attempt++) {
            new BreakerFilter(patient, Duration.ofMillis(2 * fair), Schedulers::parallel)
                    .around(call -> Mono.just(unreachable).delayElement(Duration.ofMillis(took)))
                    .send(Calls.unread(Calls.within(Calls.call("{}"), Duration.ofMillis(time))))
                    .block();
        }

        assertThat(patient.breaker().getState()).isEqualTo(state);
    }

    private static void hangUntilDeadline(ProviderBreaker asked, Duration time) {
        Call call = Calls.within(Calls.call("{}"), time);
        Disposable waiting = new BreakerFilter(asked, Duration.ofMinutes(10), Schedulers::parallel)
                .around(sent -> Mono.never())
                .send(Calls.unread(call))
                .subscribe();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .until(() -> call.deadline().isOver(System.nanoTime()));
        waiting.dispose();
    }
}
