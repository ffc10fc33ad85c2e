package dev.sallyport.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.laws.Laws;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class AdaptiveLimitTest {
    private static final double USUAL = 100e6;

    private final AdaptiveLimit rule = new AdaptiveLimit(10, 500);

    @Test
    void it_stays_within_its_bounds_whatever_comes() {
        Laws.holds(300, draw -> {
            int least = draw.between(1, 50);
            int most = draw.between(least, 1000);
            var any = new AdaptiveLimit(least, most);
            double limit = any.first();
            for (int window = 0; window < 60; window++) {
                limit = any.next(
                        limit,
                        new Window(
                                draw.between(0, 1000),
                                draw.between(0, 100),
                                draw.between(0, 1_000_000) * 1e3,
                                draw.between(0, 2000),
                                draw.percent(50)));
                assertThat(limit).isBetween((double) least, (double) most);
            }
        });
    }

    @Test
    void it_begins_with_fifty_or_what_its_bounds_allow() {
        assertThat(rule.first()).isEqualTo(50);
        assertThat(new AdaptiveLimit(1, 20).first()).isEqualTo(20);
        assertThat(new AdaptiveLimit(80, 500).first()).isEqualTo(80);
    }

    @Test
    void it_grows_while_it_holds_calls_back_and_they_take_no_longer() {
        assertThat(limited(50, 20, inFlight -> USUAL)).isEqualTo(500);
    }

    @Test
    void it_is_kept_near_what_is_used() {
        double limit = 50;
        for (int window = 0; window < 100; window++) {
            limit = rule.next(limit, unlimited(40, USUAL));
        }

        assertThat(limit).isEqualTo(80);
    }

    @Test
    void it_settles_near_what_the_provider_can_work_on_and_stays_there() {
        double limit = 400;
        double lowest = 500;
        double highest = 0;
        rule.next(limit, unlimited(20, USUAL));
        for (int window = 0; window < 5000; window++) {
            limit = rule.next(limit, limited(limit, USUAL * Math.max(1, limit / 60)));
            lowest = window < 20 ? lowest : Math.min(lowest, limit);
            highest = window < 20 ? highest : Math.max(highest, limit);
        }

        assertThat(lowest).isGreaterThan(45);
        assertThat(highest).isLessThan(90);
    }

    @Test
    void a_provider_that_is_slower_whatever_the_number_is_not_kept_from_calls_for_long() {
        limited(100, 10, inFlight -> USUAL);

        assertThat(limited(100, 30, inFlight -> 3 * USUAL)).isGreaterThan(100);
    }

    @Test
    void calls_without_an_answer_take_a_tenth_off_and_tell_no_latency() {
        double limit = rule.next(100, unlimited(60, USUAL));

        double cut = rule.next(limit, new Window(0, 50, 0, 60, true));
        double after = rule.next(cut, unlimited(60, USUAL));

        assertThat(cut).isEqualTo(limit * 0.9);
        assertThat(after).isGreaterThan(cut);
    }

    @Test
    void a_single_slow_window_changes_nothing() {
        for (int window = 0; window < 10; window++) {
            rule.next(100, unlimited(60, USUAL));
        }

        assertThat(rule.next(100, unlimited(60, 4 * USUAL))).isGreaterThanOrEqualTo(100);
    }

    private double limited(double first, int windows, DoubleUnaryOperator latency) {
        double limit = first;
        for (int window = 0; window < windows; window++) {
            limit = rule.next(limit, limited(limit, latency.applyAsDouble(limit)));
        }
        return limit;
    }

    private static Window limited(double inFlight, double latency) {
        return new Window(500, 0, latency, inFlight, true);
    }

    private static Window unlimited(double inFlight, double latency) {
        return new Window(500, 0, latency, inFlight, false);
    }
}
