package dev.sallyport.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sallyport.laws.Laws;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What limits are decided from. */
final class MeasuresTest {
    private static final long MICRO = 1_000;
    private static final Percentage A_STEP = Percentage.withPercentage(7);

    @Test
    void a_percentile_is_right_to_a_step_of_the_histogram() {
        Laws.holds(300, draw -> {
            List<Integer> times = draw.list(1, 200, () -> draw.between(50, 100_000_000));
            var histogram = new LatencyHistogram();
            times.forEach(micros -> histogram.add(micros * MICRO));

            double quantile = histogram.drain(0.9);

            List<Integer> sorted = times.stream().sorted().toList();
            double exact = sorted.get((int) Math.ceil(sorted.size() * 0.9) - 1) * (double) MICRO;
            assertThat(quantile).isCloseTo(exact, A_STEP);
            assertThat(histogram.drain(0.9)).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "1", "1000", "9223372036854775807"})
    void no_time_is_too_odd_to_be_counted(long nanos) {
        var histogram = new LatencyHistogram();

        histogram.add(nanos);

        assertThat(histogram.drain(0.9)).isBetween(0.0, 4e14);
    }

    @Test
    void the_median_of_three_leaves_out_what_is_far_out() {
        var latest = new LatestMedian();

        assertThat(List.of(10.0, 12.0, 900.0, 11.0, 1.0, 13.0).stream().map(latest::with))
                .containsExactly(10.0, 12.0, 12.0, 12.0, 11.0, 11.0);
    }

    @ParameterizedTest
    @CsvSource({
        // latency at 10, 20, 30 and 40 in flight, elasticity
        "100, 100, 100, 100, 0",
        "10, 20, 30, 40, 1",
        "110, 120, 130, 140, 0.2",
        "140, 130, 120, 110, -0.2",
    })
    void elasticity_says_how_much_latency_follows(double at10, double at20, double at30, double at40, double follows) {
        var elasticity = new Elasticity(6, 4);
        elasticity.add(10, at10);
        elasticity.add(20, at20);
        elasticity.add(30, at30);
        boolean known = !Double.isNaN(elasticity.value());
        elasticity.add(40, at40);

        assertThat(known).isFalse();
        assertThat(elasticity.value()).isCloseTo(follows, within(1e-9));
    }

    @Test
    void windows_that_hardly_differ_say_nothing() {
        var elasticity = new Elasticity(6, 4);
        for (int window = 0; window < 6; window++) {
            elasticity.add(100 + window, 10 + window);
        }

        assertThat(elasticity.value()).isNaN();
    }

    @Test
    void only_the_latest_windows_are_remembered() {
        var elasticity = new Elasticity(4, 4);
        elasticity.add(1000, 1);
        for (int calls = 10; calls <= 40; calls += 10) {
            elasticity.add(calls, calls);
        }

        assertThat(elasticity.value()).isCloseTo(1, within(1e-9));
    }
}
