package dev.sallyport.gateway.console.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sallyport.gateway.console.history.Totals.Buckets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HistoryTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final History history = new History();

    @Test
    void a_percentile_lies_within_its_bucket_as_prometheus_reckons_it() {
        var buckets = new Buckets(new double[] {0.1, 0.2, 0.4}, new double[] {50, 90, 100});

        assertThat(buckets.quantile(0.5)).isCloseTo(0.1, within(1e-9));
        assertThat(buckets.quantile(0.7)).isCloseTo(0.15, within(1e-9));
        assertThat(buckets.quantile(0.99)).isCloseTo(0.38, within(1e-9));
    }

    @Test
    void a_percentile_beyond_the_last_bound_is_that_bound_and_of_nothing_there_is_none() {
        var buckets = new Buckets(new double[] {0.1, Double.POSITIVE_INFINITY}, new double[] {1, 100});

        assertThat(buckets.quantile(0.99)).isEqualTo(0.1);
        assertThat(Buckets.NONE.quantile(0.99)).isNaN();
    }

    @Test
    void a_window_tells_what_happened_in_it() {
        for (int second = 0; second <= 600; second += 5) {
            history.add(sample(second));
        }

        var lately = history.window(Duration.ofMinutes(5)).orElseThrow();

        assertThat(lately.seconds()).isEqualTo(300);
        assertThat(lately.all().calls()).isEqualTo(300);
        assertThat(lately.of("a").refusals()).containsExactly(Map.entry("RATE_LIMITED", 300L));
    }

    @Test
    void an_hour_is_kept_and_no_more() {
        for (int second = 0; second <= 9000; second += 5) {
            history.add(sample(second));
        }

        assertThat(history.samples()).hasSize(720);
    }

    @Test
    void readings_that_fail_or_stay_out_are_told_from_a_quiet_hour() {
        assertThat(history.unreadableSince(START)).contains(START);

        history.add(sample(0));
        assertThat(history.unreadableSince(START.plusSeconds(5))).isEmpty();
        assertThat(history.unreadableSince(START.plusSeconds(60))).contains(START);

        history.failed(START.plusSeconds(5));
        history.failed(START.plusSeconds(10));
        assertThat(history.unreadableSince(START.plusSeconds(10))).contains(START.plusSeconds(5));

        history.add(sample(15));
        assertThat(history.unreadableSince(START.plusSeconds(16))).isEmpty();
    }

    @Test
    void a_registry_without_the_gateways_meters_cannot_be_read() {
        var reading = new MeterReading(new SimpleMeterRegistry());

        assertThatThrownBy(() -> reading.sample(START)).isInstanceOf(IllegalStateException.class);
    }

    private static Sample sample(int second) {
        var totals = new Totals(second, 0, Map.of("RATE_LIMITED", (long) second), Map.of(), Buckets.NONE);
        return new Sample(START.plusSeconds(second), Map.of("a", totals), Map.of());
    }
}
