package dev.sallyport.contract.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.laws.Draws;
import dev.sallyport.laws.Laws;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeValuesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:15:30Z,2026-11-21T10:15:30Z",
        "2026-11-21t10:15:30Z,2026-11-21T10:15:30Z",
        "2026-11-21T10:15:30z,2026-11-21T10:15:30Z",
        "2026-11-21T10:15:30.25+01:00,2026-11-21T09:15:30.250Z",
        "2024-02-29T23:59:59Z,2024-02-29T23:59:59Z",
        "2023-02-29T23:59:59Z,",
        "2026-13-01T00:00:00Z,",
        "2026-11-21T24:00:00Z,",
        "2026-11-21T23:59:60Z,2026-11-22T00:00:00Z",
        "2026-11-21T23:59:61Z,",
        "2026-11-21T22:59:60Z,",
        "2026-11-22T00:59:60+01:00,2026-11-22T00:00:00Z",
        "2026-11-21T10:15Z,",
        "2026-11-21T10:15:30,",
        "2026-11-21T10:15:30.Z,",
        "2026-11-21T10:15:30.1234567899Z,2026-11-21T10:15:30.123456789Z",
        "2026-11-21T10:15:30+01:00:30,",
        "2026-11-21T10:15:30+23:59,2026-11-20T10:16:30Z",
        "2026-11-21T10:15:30+24:00,",
        "2026-11-21T10:15:30+0100,",
        "+2026-11-21T10:15:30Z,",
        "2026-11-21T10:15:30ZZ,",
        "2026-11-21T10:15:3٠Z,",
        "2026-11-21 10:15:30Z,",
        "2026/11/21T10:15:30Z,",
        "2026-11-21T1a:15:30Z,",
        "-026-11-21T10:15:30Z,",
        "12345678901234567890Z,",
        "yesterday,",
    })
    void a_timestamp_is_read(String text, @Nullable String expected) {
        assertThat(TimeValues.of(Value.scalar(Kind.STRING, text)))
                .isEqualTo(expected == null ? null : Instant.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "1763719200,2025-11-21T10:00:00Z",
        "1.7637192E9,2025-11-21T10:00:00Z",
        "253402300799,9999-12-31T23:59:59Z",
        "253402300800,",
        "-1,",
        "1e9999999999,",
        "1e-9999999999,",
        "1e2147483648,",
    })
    void seconds_are_read_up_to_the_year_9999(String text, @Nullable String expected) {
        assertThat(TimeValues.of(Value.scalar(Kind.NUMBER, text)))
                .isEqualTo(expected == null ? null : Instant.parse(expected));
    }

    @Test
    void a_plain_timestamp_is_what_the_library_says() {
        Laws.holds(1000, draw -> {
            String text = timestamp(draw);

            assertThat(TimeValues.of(Value.scalar(Kind.STRING, text))).as(text).isEqualTo(library(text));
        });
    }

    /** Each part up to a little more than there is, but for the second: a leap second is nothing to the library. */
    private static String timestamp(Draws draw) {
        return String.format(
                "%04d-%02d-%02dT%02d:%02d:%02dZ",
                draw.between(0, 9999),
                draw.between(0, 13),
                draw.between(0, 32),
                draw.between(0, 25),
                draw.between(0, 61),
                draw.between(0, 59));
    }

    private static @Nullable Instant library(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException noTime) {
            return null;
        }
    }
}
