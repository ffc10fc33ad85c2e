package dev.sallyport.token.keys.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyTimingTest {
    private static final KeyTiming TIMING = new KeyTiming(
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));

    @ParameterizedTest
    @CsvSource({
        ", 0, PT10M",
        ", 1, PT9M",
        "PT15M, 0, PT10M",
        "PT5M, 0, PT5M",
        "PT5M, 1, PT4M30S",
        "PT30S, 0, PT1M",
        "PT0S, 0, PT1M",
        "PT0S, 1, PT54S",
    })
    void the_next_fetch_comes_ahead_of_what_the_provider_says_within_bounds(
            @Nullable Duration maxAge, double chance, Duration next) {
        assertThat(TIMING.afterSuccess(maxAge, chance)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "1, true, 0, PT0.5S",
        "1, true, 1, PT0.25S",
        "2, true, 0, PT1S",
        "5, true, 0, PT8S",
        "8, true, 0, PT1M",
        "100, true, 0, PT1M",
        "2147483647, true, 1, PT30S",
        "4, false, 0, PT4S",
        "5, false, 0, PT5S",
        "100, false, 0, PT5S",
    })
    void pauses_between_failures_double_up_to_a_bound(int failures, boolean usable, double chance, Duration pause) {
        assertThat(TIMING.afterFailure(failures, usable, chance)).isEqualTo(pause);
    }

    @Test
    void pauses_are_never_longer_than_the_refresh() {
        var quick = new KeyTiming(
                Duration.ofSeconds(1),
                Duration.ofHours(24),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5));

        assertThat(quick.afterFailure(100, true, 0)).isEqualTo(Duration.ofSeconds(1));
    }
}
