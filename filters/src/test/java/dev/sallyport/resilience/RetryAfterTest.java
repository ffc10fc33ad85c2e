package dev.sallyport.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00.500Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                               | -",
                "0                               | PT0S",
                "7                               | PT7S",
                "' 7 '                           | PT7S",
                "999999999                       | PT999999999S",
                "1000000000                      | PT999999999S",
                "99999999999999999999999999      | PT999999999S",
                "00000000000000000000000007      | PT7S",
                "000                             | PT0S",
                "-1                              | -",
                "1.5                             | -",
                "''                              | -",
                "soon                            | -",
                "Mon, 02 Mar 2026 09:00:03 GMT   | PT2.5S",
                "Mon, 02 Mar 2026 08:59:00 GMT   | PT0S",
                "Mon, 02 Mar 2026 09:00:03 UTC   | -",
                "Tue, 02 Mar 2026 09:00:03 GMT   | -",
                "Monday, 02-Mar-26 09:00:03 GMT  | PT2.5S",
                "Sunday, 06-Nov-94 08:49:37 GMT  | PT0S",
                "Mon Mar  2 09:00:03 2026        | PT2.5S",
                "Thu Mar 12 09:00:03 2026        | PT240H2.5S",
                "Fri, 31 Dec 9999 23:59:59 GMT   | PT999999999S",
            })
    void it_is_a_number_of_seconds_or_a_date_in_one_of_three_forms(@Nullable String said, @Nullable Duration until) {
        assertThat(RetryAfter.parse(said, NOW)).isEqualTo(until);
    }
}
