package dev.sallyport.loadtests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is read of /proc. */
final class ProcessFiguresTest {
    @Test
    void user_and_system_time_of_a_process_and_of_those_it_waited_for_are_counted() {
        String stat = "4711 (a name) S (b) S 1 4711 4711 0 -1 4194304 900 0 3 0 1000 200 30 4 20 0 41 0 8000 1 2 3";

        assertThat(ProcessFigures.cpuTicks(stat)).isEqualTo(1234);
    }

    @Test
    void resident_memory_is_what_the_status_says_in_kilobytes() {
        assertThat(ProcessFigures.residentBytes("Name:\tjava\nVmHWM:\t  9999 kB\nVmRSS:\t  2048 kB\nThreads:\t4\n"))
                .isEqualTo(2 * 1024 * 1024);
    }

    @Test
    void a_process_that_ended_has_none() {
        assertThatThrownBy(() -> ProcessFigures.residentBytes("Name:\tjava\nState:\tZ (zombie)\n"))
                .isInstanceOf(MeasurementFailed.class);
    }

    @Test
    void this_process_took_time_and_memory() {
        ProcessFigures own = ProcessFigures.of(ProcessHandle.current().pid());

        assertThat(own.cpuMicros()).isPositive();
        assertThat(own.residentBytes()).isGreaterThan(1024 * 1024);
    }
}
