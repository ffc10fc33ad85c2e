package dev.sallyport.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Calls;
import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.ProviderError;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.config.BreakerMode;
import dev.sallyport.config.CircuitBreakerSettings;
import dev.sallyport.config.value.Percent;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Four attempts count, half of them failed opens it, and so do three slow ones of four. Long because one breaker goes through all of
 * its states.
 */
final class BreakerTest {
    private static final int WINDOW = 4;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration SLOW = Duration.ofMillis(100);
    private static final Duration DEADLINE = SLOW.multipliedBy(2);
    private static final Reply GOOD = answer(200, 1);

    private long nanos = 1;
    private final ProviderBreaker breaker = breaker(SLOW, PAUSE);
    private final List<Reply> got = new ArrayList<>();
    private int asked;
    private Scheduler timer = Schedulers.parallel();

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
        send(GOOD, GOOD, answer(status, 1), answer(status, 1));

        assertThat(breaker.breaker().getState()).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void of_what_is_refused_below_only_that_no_connection_was_had_or_kept_opens_it(Reason reason) {
        Reply refused = new Refusal(Rejection.of(reason, "no"));
        send(refused, refused, refused, refused, GOOD, GOOD, GOOD, GOOD);

        boolean opens = reason == Reason.PROVIDER_UNREACHABLE;
        assertThat(breaker.breaker().getState()).isEqualTo(opens ? State.OPEN : State.CLOSED);
        assertThat(breaker.breaker().getMetrics().getNumberOfBufferedCalls())
                .as("what says nothing of the provider is not counted")
                .isEqualTo(WINDOW);
    }

    @Test
    void slow_answers_open_it_by_the_time_that_the_provider_took() {
        send(answer(200, 1000), answer(200, 1000), answer(200, 1000), answer(200, 1000));

        assertThat(breaker.breaker().getState()).isEqualTo(State.OPEN);
    }

    @Test
    void an_open_one_refuses_and_says_when_to_come_back() {
        send(answer(500, 1), answer(500, 1), GOOD, GOOD);
        nanos += Duration.ofMillis(1500).toNanos();
        got.clear();

        send(GOOD);

        Rejection rejection = Calls.rejection(got.get(0));
        assertThat(rejection.reason()).isEqualTo(Reason.CIRCUIT_OPEN);
        assertThat(rejection.retryAfter()).isEqualTo(Duration.ofMillis(3500));
        assertThat(asked).as("the provider is not asked").isEqualTo(WINDOW);
    }

    @Test
    void after_the_pause_three_are_let_through_and_close_it() {
        open();

        List<Try> tries = List.of(new Try(), new Try(), new Try());
        send(GOOD);

        assertThat(Calls.rejection(got.get(0)).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        tries.forEach(Try::succeeds);
        got.clear();
        send(GOOD, GOOD, GOOD, GOOD);
        assertThat(got).containsExactly(GOOD, GOOD, GOOD, GOOD);
        assertThat(breaker.breaker().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_try_whose_caller_leaves_is_carried_on_and_counts() {
        timer = VirtualTimeScheduler.create(); // by which no fair time ends, however busy the machine is
        open();

        for (int left = 0; left < 3; left++) {
            var abandoned = new Try();
            abandoned.caller.dispose();
            assertThat(abandoned.isGivenUp()).isFalse();
            abandoned.succeeds();
        }

        assertThat(breaker.breaker().getState()).isEqualTo(State.CLOSED);
        assertThat(got).isEmpty();
    }

    @Test
    void a_try_whose_caller_left_is_given_up_after_a_fair_time_and_is_a_failure() {
        open();
        long start = System.nanoTime();

        List<Try> tries = List.of(new Try(), new Try(), new Try());
        tries.forEach(each -> each.caller.dispose());

        Awaitility.await().until(() -> breaker.breaker().getState() == State.OPEN);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SLOW.toNanos());
        assertThat(tries).allMatch(Try::isGivenUp);
    }

    @Test
    void a_try_has_the_time_of_its_operation_however_little_its_caller_has() {
        open();
        var shortest = Duration.ofNanos(1);
        List<Duration> had = new ArrayList<>();

        filter().around(call -> {
                    had.add(Duration.ofNanos(call.deadline().nanos()));
                    return Mono.just(GOOD);
                })
                .send(Calls.unread(Calls.within(Calls.call("{}"), shortest)))
                .subscribe(got::add);

        assertThat(had).containsExactly(DEADLINE);
        assertThat(got).containsExactly(GOOD);
    }

    @Test
    void those_that_try_and_fail_open_it_again() {
        open();

        send(answer(500, 1), answer(500, 1), answer(500, 1));

        assertThat(breaker.breaker().getState()).isEqualTo(State.OPEN);
        assertThat(breaker.retryAfter()).isEqualTo(PAUSE);
    }

    @Test
    void bugs_and_what_is_held_back_take_no_try_along() {
        open();
        Reply heldBack = new Refusal(Rejection.of(Reason.OVERLOADED, "no"));

        for (int time = 0; time < 10; time++) {
            send(heldBack);
            filter().around(call -> Mono.error(new IllegalStateException("bug")))
                    .send(Calls.unread(Calls.call("{}")))
                    .subscribe(got::add, bug -> {});
            filter().around(call -> {
                        throw new IllegalStateException("bug");
                    })
                    .send(Calls.unread(Calls.call("{}")))
                    .subscribe(got::add, bug -> {});
        }

        assertThat(breaker.breaker().getState()).isEqualTo(State.HALF_OPEN);
        assertThat(breaker.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
        got.clear();
        send(GOOD, GOOD, GOOD);
        assertThat(breaker.breaker().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void callers_that_leave_a_closed_one_count_for_nothing_and_take_their_attempt_along() {
        for (int left = 0; left < 2 * WINDOW; left++) {
            var attempt = new Try();
            attempt.caller.dispose();
            assertThat(attempt.isGivenUp()).isTrue();
        }

        assertThat(breaker.breaker().getState()).isEqualTo(State.CLOSED);
        assertThat(breaker.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void one_that_is_tried_too_seldom_does_not_stay_half_open() {
        Duration pause = Duration.ofMillis(100);
        ProviderBreaker impatient = breaker(SLOW, pause);
        for (int attempt = 0; attempt < WINDOW; attempt++) {
            assertThat(impatient.permits()).isTrue();
            impatient.failed(1);
        }
        nanos += pause.toNanos() + 1;
        assertThat(impatient.permits()).isTrue();
        assertThat(impatient.breaker().getState()).isEqualTo(State.HALF_OPEN);

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> impatient.breaker().getState() != State.HALF_OPEN);
    }

    @Test
    void what_is_given_up_at_the_deadline_is_a_failure() {
        for (int attempt = 0; attempt < WINDOW; attempt++) {
            hangUntilDeadline(breaker, DEADLINE);
        }

        assertThat(breaker.breaker().getState()).isEqualTo(State.OPEN);
    }

    @Test
    void a_time_that_a_caller_cut_short_is_none() {
        ProviderBreaker patient = breaker(Duration.ofMinutes(2), PAUSE);
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
        ProviderBreaker patient = breaker(Duration.ofMinutes(2), PAUSE);
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

    /** An attempt whose reply is due. */
    private final class Try {
        private final Sinks.One<Reply> reply = Sinks.one();
        private final Disposable caller = filter().around(call -> reply.asMono())
                .send(Calls.unread(Calls.call("{}")))
                .subscribe(got::add);

        void succeeds() {
            reply.tryEmitValue(GOOD);
        }

        boolean isGivenUp() {
            return reply.currentSubscriberCount() == 0;
        }
    }

    private void open() {
        send(answer(500, 1), answer(500, 1), answer(500, 1), answer(500, 1));
        nanos += PAUSE.toNanos() + 1;
        got.clear();
    }

    private void send(Reply... replies) {
        for (Reply reply : replies) {
            filter().around(call -> {
                        asked++;
                        return Mono.just(reply);
                    })
                    .send(Calls.unread(Calls.call("{}")))
                    .subscribe(got::add);
        }
    }

    private BreakerFilter filter() {
        return new BreakerFilter(breaker, DEADLINE, () -> timer);
    }

    private ProviderBreaker breaker(Duration slow, Duration pause) {
        var settings =
                new CircuitBreakerSettings(BreakerMode.ENFORCE, WINDOW, new Percent(50), slow, new Percent(80), pause);
        return new ProviderBreaker("test", settings, Duration.ZERO, () -> nanos);
    }

    private static Answer answer(int status, long millis) {
        var timing = new Timing(1, 1 + Duration.ofMillis(millis).toNanos());
        return new Answer(status, Headers.NONE, new byte[0], timing, new ProviderError());
    }
}
