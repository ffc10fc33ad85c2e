package dev.sallyport.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.laws.Laws;
import dev.sallyport.overload.Window.Answered;
import java.util.Random;
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
                                new Answered(
                                        draw.between(0, 1000),
                                        draw.between(0, 1_000_000) * 1e3,
                                        draw.between(0, 1_000_000) * 1e3),
                                draw.between(0, 100),
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
    void
            it_rests_at_nine_tenths_of_what_the_provider_can_work_on_and_looks_from_time_to_time_whether_that_has_changed() {
        rule.next(400, unlimited(20, USUAL));

        Span settled = settled(inFlight -> USUAL * Math.max(1, inFlight / 60), 5000);

        assertThat(settled.lowest()).isBetween(50.0, 55.0);
        assertThat(settled.highest()).isBetween(61.0, 70.0);
        assertThat(settled.mean()).isBetween(53.0, 56.0);
    }

    @Test
    void it_does_not_creep_up_in_two_hours_of_overload_however_unsteady_latency_is() {
        var chance = new Random(31);
        for (int window = 0; window < 20; window++) {
            rule.next(50, unlimited(30, USUAL));
        }

        Span early = settled(unsteady(chance), 600);
        Span late = settled(unsteady(chance), 7200);

        assertThat(late.mean()).isBetween(45.0, 60.0).isLessThan(1.1 * early.mean());
        assertThat(late.highest()).isLessThan(90);
    }

    @Test
    void the_window_in_which_too_many_calls_begin_to_come_does_not_make_them_the_usual_number() {
        for (int window = 0; window < 20; window++) {
            rule.next(50, unlimited(10, USUAL));
        }
        rule.next(50, limited(18, 2.5 * USUAL));

        Span settled = settled(inFlight -> USUAL * Math.max(1, inFlight / 20), 100);

        assertThat(settled.highest()).isLessThan(25);
    }

    @Test
    void a_gateway_that_is_started_into_an_overload_does_not_take_it_for_usual() {
        Span settled = settled(inFlight -> USUAL * Math.max(1, inFlight / 20), 40, 100);

        assertThat(settled.highest()).isLessThan(25);
    }

    @Test
    void after_a_rest_it_grows_by_a_few_calls_and_then_by_more() {
        for (int window = 0; window < 20; window++) {
            rule.next(50, unlimited(20, USUAL));
        }
        limited(60, 2, inFlight -> USUAL);

        double fell = limited(60, 2, inFlight -> 1.2 * USUAL);
        double rested = limited(fell, 31, inFlight -> USUAL);
        double first = limited(rested, 1, inFlight -> USUAL);
        double tenth = limited(first, 9, inFlight -> USUAL);

        assertThat(fell).isBetween(44.0, 46.0);
        assertThat(rested).isEqualTo(fell);
        assertThat(first - fell).isBetween(1.0, 3.0);
        assertThat(tenth - first).isGreaterThan(20);
    }

    @Test
    void a_provider_that_has_become_quicker_is_given_more_calls_at_once() {
        for (int window = 0; window < 20; window++) {
            rule.next(50, unlimited(20, USUAL));
        }
        limited(60, 2, inFlight -> USUAL);
        double fell = limited(60, 2, inFlight -> 1.2 * USUAL);
        limited(fell, 3, inFlight -> USUAL);

        assertThat(limited(fell, 8, inFlight -> USUAL / 2)).isGreaterThan(1.5 * fell);
    }

    @Test
    void a_provider_that_is_slower_whatever_the_number_is_not_kept_from_calls_for_long() {
        limited(100, 10, inFlight -> USUAL);

        assertThat(limited(100, 30, inFlight -> 3 * USUAL)).isGreaterThan(100);
    }

    @Test
    void nor_is_one_that_became_slower_while_the_limit_was_at_its_least() {
        for (int window = 0; window < 20; window++) {
            rule.next(50, unlimited(5, USUAL));
        }

        assertThat(limited(10, 60, inFlight -> 3 * USUAL)).isGreaterThan(20);
    }

    @Test
    void calls_without_an_answer_take_a_tenth_off_and_tell_no_latency() {
        double limit = rule.next(100, unlimited(60, USUAL));

        double cut = rule.next(limit, new Window(new Answered(0, 0, 0), 50, 60, true));
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
        limited(100, 2, inFlight -> USUAL);
        assertThat(rule.next(100, limited(100, 4 * USUAL))).isEqualTo(100);
    }

    @Test
    void what_may_be_chance_changes_nothing() {
        rule.next(50, unlimited(20, USUAL));
        limited(50, 2, inFlight -> USUAL);
        var uneven = new Window(new Answered(400, 1.15 * USUAL, 1.3 * USUAL), 0, 50, true);
        var even = new Window(new Answered(400, 1.15 * USUAL, 0.5 * USUAL), 0, 50, true);

        assertThat(rule.next(50, uneven)).isGreaterThanOrEqualTo(50);
        assertThat(rule.next(50, uneven)).isGreaterThanOrEqualTo(50);
        assertThat(rule.next(50, even)).isLessThan(50);
    }

    @Test
    void the_deviation_is_that_of_the_calls_and_what_it_says_of_the_mean_less_with_more_of_them() {
        var four = Answered.of(4, 20, 4 + 16 + 36 + 64);

        assertThat(four.latency()).isEqualTo(5);
        assertThat(four.deviation()).isEqualTo(Math.sqrt(5));
        assertThat(new Window(four, 0, 1, true).uncertainty()).isEqualTo(Math.sqrt(5) / 5 / 2);
    }

    private record Span(double lowest, double mean, double highest) {}

    /** What the limit is after the first windows, where latency depends on it. */
    private Span settled(DoubleUnaryOperator latency, int windows) {
        return settled(latency, 20, windows);
    }

    private Span settled(DoubleUnaryOperator latency, int first, int windows) {
        double limit = limited(rule.first(), first, latency);
        double lowest = limit;
        double highest = limit;
        double sum = 0;
        for (int window = 0; window < windows; window++) {
            limit = rule.next(limit, limited(limit, latency.applyAsDouble(limit)));
            lowest = Math.min(lowest, limit);
            highest = Math.max(highest, limit);
            sum += limit;
        }
        return new Span(lowest, sum / windows, highest);
    }

    private static DoubleUnaryOperator unsteady(Random chance) {
        return inFlight -> USUAL * Math.max(1, inFlight / 60) * (1 + 0.04 * chance.nextGaussian());
    }

    private double limited(double first, int windows, DoubleUnaryOperator latency) {
        double limit = first;
        for (int window = 0; window < windows; window++) {
            limit = rule.next(limit, limited(limit, latency.applyAsDouble(limit)));
        }
        return limit;
    }

    private static Window limited(double inFlight, double latency) {
        return new Window(new Answered(500, latency, 0), 0, inFlight, true);
    }

    private static Window unlimited(double inFlight, double latency) {
        return new Window(new Answered(500, latency, 0), 0, inFlight, false);
    }
}
