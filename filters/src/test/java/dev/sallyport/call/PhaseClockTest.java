package dev.sallyport.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Every moment of a call is counted to one phase. */
final class PhaseClockTest {
    private final AtomicLong now = new AtomicLong(1000);

    @Test
    void phases_add_up_to_the_total_whatever_their_order() {
        var random = new Random(14);
        for (int call = 0; call < 1000; call++) {
            long start = now.get();
            PhaseClock phases = PhaseClock.started(now::get, start);
            for (int change = random.nextInt(20); change > 0; change--) {
                now.addAndGet(random.nextInt(1_000_000));
                phases.enter(Phase.ALL.get(random.nextInt(Phase.ALL.size())));
            }
            now.addAndGet(random.nextInt(1_000_000));
            phases.end();

            assertThat(sum(phases)).isEqualTo(phases.total()).isEqualTo(now.get() - start);
        }
    }

    @Test
    void a_phase_that_comes_again_is_counted_on() {
        PhaseClock phases = PhaseClock.started(now::get, now.get());
        pass(phases, 3, Phase.FIRST_BYTE);
        pass(phases, 10, Phase.QUEUE);
        pass(phases, 5, Phase.FIRST_BYTE);
        pass(phases, 20, Phase.SECOND_DOOR);

        assertThat(phases.nanos(Phase.READ)).isEqualTo(3);
        assertThat(phases.nanos(Phase.FIRST_BYTE)).isEqualTo(30);
        assertThat(phases.nanos(Phase.QUEUE)).isEqualTo(5);
    }

    @Test
    void what_comes_after_the_end_is_not_counted() {
        PhaseClock phases = PhaseClock.started(now::get, now.get());
        now.addAndGet(7);
        phases.end();
        pass(phases, 100, Phase.BODY);
        phases.end();

        assertThat(phases.total()).isEqualTo(7);
        assertThat(sum(phases)).isEqualTo(7);
    }

    @Test
    void a_clock_that_is_off_counts_nothing() {
        PhaseClock.OFF.enter(Phase.BODY);
        PhaseClock.OFF.end();

        assertThat(PhaseClock.OFF.isOn()).isFalse();
        assertThat(PhaseClock.OFF.total()).isZero();
        assertThat(sum(PhaseClock.OFF)).isZero();
    }

    private void pass(PhaseClock phases, long nanos, Phase next) {
        now.addAndGet(nanos);
        phases.enter(next);
    }

    private static long sum(PhaseClock phases) {
        return Phase.ALL.stream().mapToLong(phases::nanos).sum();
    }
}
