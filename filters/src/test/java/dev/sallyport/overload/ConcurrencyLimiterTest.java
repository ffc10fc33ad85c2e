package dev.sallyport.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.laws.Draws;
import dev.sallyport.laws.Laws;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ConcurrencyLimiterTest {
    private static final long QUEUE = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<String> granted = new ArrayList<>();
    private long now;
    private double draw = 0.5;
    private double limit = 1;
    private final List<Window> windows = new ArrayList<>();
    private final ConcurrencyLimiter limiter = limiter();

    private ConcurrencyLimiter limiter() {
        LimitRule rule = (before, window) -> {
            windows.add(window);
            return limit;
        };
        return new ConcurrencyLimiter(new LimitWindows(rule, 1, () -> now), QUEUE, () -> draw);
    }

    @Test
    void there_are_as_many_permits_as_the_limit_says() {
        assertThat(limiter.tryAcquire()).isTrue();
        assertThat(limiter.tryAcquire()).isFalse();

        limiter.release();

        assertThat(limiter.tryAcquire()).isTrue();
        assertThat(limiter.inFlight()).isOne();
    }

    @Test
    void a_free_permit_goes_to_the_highest_priority_that_waits_and_there_to_the_first() {
        raised(100);
        taken(100);
        draw = 0.999;
        enqueued("low", Priority.LOW);
        enqueued("first", Priority.NORMAL);
        enqueued("second", Priority.NORMAL);
        enqueued("high", Priority.HIGH);

        for (int release = 0; release < 4; release++) {
            limiter.release();
        }

        assertThat(granted).containsExactly("high", "first", "second", "low");
        assertThat(limiter.inFlight()).isEqualTo(100);
    }

    @Test
    void a_call_that_comes_while_others_wait_does_not_pass_them() {
        raised(100);
        taken(100);
        enqueued("waits", Priority.LOW);
        limiter.release();
        enqueued("waits, too", Priority.LOW);

        assertThat(limiter.tryAcquire()).isFalse();
        assertThat(granted).containsExactly("waits");
    }

    @Test
    void who_left_gets_no_permit() {
        raised(100);
        taken(100);
        Waiter gone = enqueued("gone", Priority.NORMAL);
        enqueued("there", Priority.NORMAL);

        assertThat(limiter.leave(gone)).isTrue();
        limiter.release();

        assertThat(granted).containsExactly("there");
        assertThat(limiter.leave(gone)).isFalse();
        assertThat(limiter.queued()).isZero();
    }

    @Test
    void who_was_given_a_permit_cannot_leave_without_it() {
        taken(1);
        Waiter lucky = enqueued("lucky", Priority.HIGH);
        limiter.release();

        assertThat(limiter.leave(lucky)).isFalse();
        assertThat(limiter.inFlight()).isOne();
    }

    @Test
    void calls_of_high_priority_wait_for_as_long_as_they_may_and_others_for_a_tenth_of_what_calls_take() {
        raised(90); // of 100 ms each: some 9 turns in 10 ms, 45 in 50 ms
        taken(90);
        draw = 0;

        assertThat(accepted(Priority.LOW)).isOne();
        assertThat(accepted(Priority.NORMAL)).isEqualTo(4);
        assertThat(accepted(Priority.HIGH)).isEqualTo(30);
        assertThat(limiter.queued()).isEqualTo(35);
    }

    @Test
    void a_call_minds_only_those_that_are_served_before_it() {
        raised(90);
        taken(90);
        draw = 0;
        accepted(Priority.LOW);
        accepted(Priority.NORMAL);

        assertThat(accepted(Priority.LOW)).isZero();
        assertThat(limiter.enqueue(new Waiter(() -> {}), Priority.HIGH)).isTrue();
    }

    @Test
    void one_that_left_or_was_served_is_before_none() {
        raised(90);
        taken(90);
        draw = 0;
        accepted(Priority.HIGH);
        assertThat(limiter.enqueue(new Waiter(() -> {}), Priority.HIGH)).isFalse();

        limiter.release();

        assertThat(accepted(Priority.HIGH)).isOne();
    }

    @Test
    void a_higher_limit_lets_those_in_that_wait() {
        taken(1);
        enqueued("waits", Priority.HIGH);

        raised(2);

        assertThat(granted).containsExactly("waits");
    }

    @Test
    void a_window_ends_with_the_first_call_after_a_second_if_enough_were_measured() {
        taken(1);
        limiter.tryAcquire();
        ended(49, 100);
        now += TimeUnit.SECONDS.toNanos(1);
        limiter.lost(TimeUnit.MILLISECONDS.toNanos(500));

        assertThat(windows).singleElement().satisfies(window -> {
            assertThat(window.calls()).isEqualTo(49);
            assertThat(window.lost()).isOne();
            assertThat(window.latency()).isBetween(95e6, 105e6);
            assertThat(window.inFlight()).isEqualTo(5.4);
            assertThat(window.limited()).isTrue();
        });
    }

    @Test
    void with_few_calls_a_window_lasts_for_up_to_half_a_minute() {
        ended(3, 100);
        now += TimeUnit.SECONDS.toNanos(29);
        ended(1, 100);
        int before = windows.size();
        now += TimeUnit.SECONDS.toNanos(1);
        ended(1, 100);

        assertThat(before).isZero();
        assertThat(windows).hasSize(1);
    }

    @Test
    void no_permit_is_lost_whatever_callers_do() {
        Laws.holds(300, draw -> new Crowd(draw).holds());
    }

    /** Callers that come, wait, leave and end as chance has it. */
    private static final class Crowd {
        private final Draws chance;
        private final List<Waiter> waiting = new ArrayList<>();
        private double most = 3;
        private long now;
        private int held;
        private final ConcurrencyLimiter limiter;

        Crowd(Draws chance) {
            this.chance = chance;
            this.limiter = new ConcurrencyLimiter(
                    new LimitWindows((limit, window) -> most, 3, () -> now),
                    QUEUE,
                    () -> chance.between(0, 99) / 100.0);
        }

        void holds() {
            for (int step = 0; step < 200; step++) {
                chance.<Runnable>of(this::come, this::come, this::end, this::leave, this::measure)
                        .run();
                assertThat(limiter.inFlight()).isEqualTo(held);
                assertThat(limiter.queued()).isEqualTo(waiting.size());
                assertThat(waiting.isEmpty() || held >= limiter.limit()).isTrue();
            }
            while (held > 0) {
                end();
            }
            assertThat(limiter.inFlight()).isZero();
            assertThat(limiter.queued()).isZero();
        }

        private void come() {
            if (limiter.tryAcquire()) {
                held++;
                return;
            }
            var self = new Waiter[1];
            var one = new Waiter(() -> {
                waiting.remove(self[0]);
                held++;
            });
            self[0] = one;
            waiting.add(one);
            if (!limiter.enqueue(one, chance.of(Priority.values()))) {
                waiting.remove(one);
            }
        }

        private void end() {
            if (held > 0) {
                held--;
                limiter.release();
            }
        }

        private void leave() {
            if (!waiting.isEmpty()) {
                assertThat(limiter.leave(waiting.remove(chance.between(0, waiting.size() - 1))))
                        .isTrue();
            }
        }

        private void measure() {
            most = chance.between(1, 6);
            now += TimeUnit.SECONDS.toNanos(31);
            limiter.answered(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private Waiter enqueued(String name, Priority priority) {
        var waiter = new Waiter(() -> granted.add(name));
        assertThat(limiter.enqueue(waiter, priority)).isTrue();
        return waiter;
    }

    /** How many get in line before one is refused. */
    private int accepted(Priority priority) {
        int accepted = 0;
        while (limiter.enqueue(new Waiter(() -> {}), priority)) {
            accepted++;
        }
        return accepted;
    }

    private void taken(int permits) {
        for (int permit = 0; permit < permits; permit++) {
            assertThat(limiter.tryAcquire()).isTrue();
        }
    }

    private void raised(int to) {
        limit = to;
        ended(50, 100);
        now += TimeUnit.SECONDS.toNanos(1);
        ended(1, 100);
    }

    private void ended(int calls, int millis) {
        for (int call = 0; call < calls; call++) {
            limiter.answered(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }
}
