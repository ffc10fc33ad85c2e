package dev.sallyport.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.concurrency.Priority;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GradualSheddingTest {
    @ParameterizedTest
    @CsvSource({
        // pressure, of a hundred: low, normal, high
        "0.00, 0, 0, 0",
        "0.10, 30, 0, 0",
        "0.25, 75, 0, 0",
        "0.34, 100, 2, 0",
        "0.50, 100, 50, 0",
        "0.75, 100, 100, 25",
        "0.90, 100, 100, 70",
        "1.00, 100, 100, 100",
        "9.00, 100, 100, 100",
    })
    void lower_priorities_are_shed_first_and_each_bit_by_bit(double pressure, int low, int normal, int high) {
        assertThat(shed(pressure, Priority.LOW)).isEqualTo(low);
        assertThat(shed(pressure, Priority.NORMAL)).isEqualTo(normal);
        assertThat(shed(pressure, Priority.HIGH)).isEqualTo(high);
    }

    private static int shed(double pressure, Priority priority) {
        int shed = 0;
        for (int draw = 0; draw < 100; draw++) {
            shed += GradualShedding.sheds(pressure, priority, (draw + 0.5) / 100) ? 1 : 0;
        }
        return shed;
    }
}
