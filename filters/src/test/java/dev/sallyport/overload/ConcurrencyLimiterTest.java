package dev.sallyport.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.laws.Draws;
import dev.sallyport.laws.Laws;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConcurrencyLimiterTest {
    private static final long QUEUE = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<String> granted = new ArrayList<>();
    private long now;
    private double limit = 1;
    private final List<Window> windows = new ArrayList<>();
    private final ConcurrencyLimiter limiter = limiter();

    private ConcurrencyLimiter limiter() {
        LimitRule rule = (before, window) -> {
            windows.add(window);
            return limit;
        };
        return new ConcurrencyLimiter(new LimitWindows(rule, 1, () -> now), QUEUE);
    }

    @Test
    void there_are_as_many_permits_as_the_limit_says() {
        assertThat(limiter.tryAcquire(Priority.NORMAL)).isTrue();
        assertThat(limiter.tryAcquire(Priority.NORMAL)).isFalse();

        limiter.release();

        assertThat(limiter.tryAcquire(Priority.NORMAL)).isTrue();
        assertThat(limiter.inFlight()).isOne();
    }

    @Test
    void a_free_permit_goes_to_the_call_that_came_first() {
        raised(10);
        taken(10);
        enqueued("first");
        enqueued("second");

        limiter.release();
        limiter.release();

        assertThat(granted).containsExactly("first", "second");
        assertThat(limiter.inFlight()).isEqualTo(10);
    }

    @Test
    void only_calls_of_high_priority_wait() {
        taken(1);

        assertThat(limiter.enqueue(new Waiter(() -> {}), Priority.LOW)).isFalse();
        assertThat(limiter.enqueue(new Waiter(() -> {}), Priority.NORMAL)).isFalse();
        assertThat(limiter.enqueue(new Waiter(() -> {}), Priority.HIGH)).isTrue();
    }

    @Test
    void a_call_that_comes_while_others_wait_does_not_pass_them() {
        raised(10);
        taken(10);
        enqueued("waits");
        enqueued("waits, too");
        limiter.release();

        assertThat(limiter.tryAcquire(Priority.HIGH)).isFalse();
        assertThat(granted).containsExactly("waits");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "8, 7", "10, 9", "11, 9", "90, 81"})
    void a_tenth_of_the_permits_is_kept_from_calls_of_low_priority(int permits, int low) {
        raised(permits);

        int taken = 0;
        while (limiter.tryAcquire(Priority.LOW)) {
            taken++;
        }

        assertThat(taken).isEqualTo(low);
        taken(permits - low);
        assertThat(limiter.tryAcquire(Priority.HIGH)).isFalse();
    }

    @Test
    void who_left_gets_no_permit() {
        raised(10);
        taken(10);
        Waiter gone = enqueued("gone");
        enqueued("there");

        assertThat(limiter.leave(gone)).isTrue();
        limiter.release();

        assertThat(granted).containsExactly("there");
        assertThat(limiter.leave(gone)).isFalse();
        assertThat(limiter.queued()).isZero();
    }

    @Test
    void who_was_given_a_permit_cannot_leave_without_it() {
        taken(1);
        Waiter lucky = enqueued("lucky");
        limiter.release();

        assertThat(limiter.leave(lucky)).isFalse();
        assertThat(limiter.inFlight()).isOne();
    }

    @Test
    void as_many_wait_as_are_given_a_permit_in_time() {
        raised(90); // of 100 ms each: some 45 turns in 50 ms
        taken(90);

        assertThat(accepted()).isBetween(43, 47);

        limiter.release();

        assertThat(accepted()).isOne();
    }

    @Test
    void a_higher_limit_lets_those_in_that_wait() {
        taken(1);
        enqueued("waits");

        raised(2);

        assertThat(granted).containsExactly("waits");
    }

    @Test
    void a_window_ends_with_the_first_call_after_a_second_if_enough_were_measured() {
        taken(1);
        limiter.tryAcquire(Priority.NORMAL);
        ended(49, 100);
        now += TimeUnit.SECONDS.toNanos(1);
        limiter.lost(TimeUnit.MILLISECONDS.toNanos(500));

        assertThat(windows).singleElement().satisfies(window -> {
            assertThat(window.calls()).isEqualTo(49);
            assertThat(window.lost()).isOne();
            assertThat(window.latency()).isEqualTo(100e6);
            assertThat(window.answered().deviation()).isZero();
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
            this.limiter = new ConcurrencyLimiter(new LimitWindows((limit, window) -> most, 3, () -> now), QUEUE);
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
            Priority priority = chance.of(Priority.values());
            if (limiter.tryAcquire(priority)) {
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
            if (!limiter.enqueue(one, priority)) {
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

    private Waiter enqueued(String name) {
        var waiter = new Waiter(() -> granted.add(name));
        assertThat(limiter.enqueue(waiter, Priority.HIGH)).isTrue();
        return waiter;
    }

    /** How many get in line before one is refused. */
    private int accepted() {
        int accepted = 0;
        while (limiter.enqueue(new Waiter(() -> {}), Priority.HIGH)) {
            accepted++;
        }
        return accepted;
    }

    private void taken(int permits) {
        for (int permit = 0; permit < permits; permit++) {
            assertThat(limiter.tryAcquire(Priority.NORMAL)).isTrue();
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
