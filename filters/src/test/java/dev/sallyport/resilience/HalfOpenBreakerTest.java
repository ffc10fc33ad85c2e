package dev.sallyport.resilience;

import static dev.sallyport.resilience.BreakerRig.DEADLINE;
import static dev.sallyport.resilience.BreakerRig.GOOD;
import static dev.sallyport.resilience.BreakerRig.PAUSE;
import static dev.sallyport.resilience.BreakerRig.SLOW;
import static dev.sallyport.resilience.BreakerRig.WINDOW;
import static dev.sallyport.resilience.BreakerRig.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Calls;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.resilience.BreakerRig.Try;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** After its pause, a breaker tries three attempts. */
final class HalfOpenBreakerTest {
    private final BreakerRig rig = new BreakerRig();

    @Test
    void after_the_pause_three_are_let_through_and_close_it() {
        rig.open();

        List<Try> tries = List.of(rig.attempt(), rig.attempt(), rig.attempt());
        rig.send(GOOD);

        assertThat(Calls.rejection(rig.got.get(0)).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        tries.forEach(Try::succeeds);
        rig.got.clear();
        rig.send(GOOD, GOOD, GOOD, GOOD);
        assertThat(rig.got).containsExactly(GOOD, GOOD, GOOD, GOOD);
        assertThat(rig.breaker.breaker().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void a_try_whose_caller_leaves_is_carried_on_and_counts() {
        rig.timer = VirtualTimeScheduler.create(); // by which no fair time ends, however busy the machine is
        rig.open();

        for (int left = 0; left < 3; left++) {
            var abandoned = rig.attempt();
            abandoned.caller.dispose();
            assertThat(abandoned.isGivenUp()).isFalse();
            abandoned.succeeds();
        }

        assertThat(rig.breaker.breaker().getState()).isEqualTo(State.CLOSED);
        assertThat(rig.got).isEmpty();
    }

    @Test
    void a_try_whose_caller_left_is_given_up_after_a_fair_time_and_is_a_failure() {
        rig.open();
        long start = System.nanoTime();

        List<Try> tries = List.of(rig.attempt(), rig.attempt(), rig.attempt());
        tries.forEach(each -> each.caller.dispose());

        Awaitility.await().until(() -> rig.breaker.breaker().getState() == State.OPEN);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SLOW.toNanos());
        assertThat(tries).allMatch(Try::isGivenUp);
    }

    @Test
    void a_try_has_the_time_of_its_operation_however_little_its_caller_has() {
        rig.open();
        var shortest = Duration.ofNanos(1);
        List<Duration> had = new ArrayList<>();

        rig.filter()
                .around(call -> {
                    had.add(Duration.ofNanos(call.deadline().nanos()));
                    return Mono.just(GOOD);
                })
                .send(Calls.unread(Calls.within(Calls.call("{}"), shortest)))
                .subscribe(rig.got::add);

        assertThat(had).containsExactly(DEADLINE);
        assertThat(rig.got).containsExactly(GOOD);
    }

    @Test
    void those_that_try_and_fail_open_it_again() {
        rig.open();

        rig.send(answer(500, 1), answer(500, 1), answer(500, 1));

        assertThat(rig.breaker.breaker().getState()).isEqualTo(State.OPEN);
        assertThat(rig.breaker.retryAfter()).isEqualTo(PAUSE);
    }

    @Test
    void bugs_and_what_is_held_back_take_no_try_along() {
        rig.open();
        Reply heldBack = new Refusal(Rejection.of(Reason.OVERLOADED, "no"));

        for (int time = 0; time < 10; time++) {
            rig.send(heldBack);
            rig.filter()
                    .around(call -> Mono.error(new IllegalStateException("bug")))
                    .send(Calls.unread(Calls.call("{}")))
                    .subscribe(rig.got::add, bug -> {});
            rig.filter()
                    .around(call -> {
                        throw new IllegalStateException("bug");
                    })
                    .send(Calls.unread(Calls.call("{}")))
                    .subscribe(rig.got::add, bug -> {});
        }

        assertThat(rig.breaker.breaker().getState()).isEqualTo(State.HALF_OPEN);
        assertThat(rig.breaker.breaker().getMetrics().getNumberOfBufferedCalls())
                .isZero();
        rig.got.clear();
        rig.send(GOOD, GOOD, GOOD);
        assertThat(rig.breaker.breaker().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void one_that_is_tried_too_seldom_does_not_stay_half_open() {
        Duration pause = Duration.ofMillis(100);
        ProviderBreaker impatient = rig.breaker(SLOW, pause);
        for (int attempt = 0; attempt < WINDOW; attempt++) {
            assertThat(impatient.permits()).isTrue();
            impatient.failed(1);
        }
        rig.nanos += pause.toNanos() + 1;
        assertThat(impatient.permits()).isTrue();
        assertThat(impatient.breaker().getState()).isEqualTo(State.HALF_OPEN);

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> impatient.breaker().getState() != State.HALF_OPEN);
    }
}
