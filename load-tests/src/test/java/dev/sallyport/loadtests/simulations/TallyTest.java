package dev.sallyport.loadtests.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final int CALLS = 40_000;
    private static final int KINDS = 8;

    @Test
    void no_call_is_lost_when_many_threads_count() {
        var tally = new Tally();

        IntStream.range(0, CALLS).parallel().forEach(i -> tally.add("some", "kind " + i % KINDS, i % 100));

        assertThat(IntStream.range(0, KINDS).mapToLong(kind -> tally.count("some", "kind " + kind)))
                .containsOnly((long) CALLS / KINDS);
    }
}
