package dev.sallyport.contract;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Points and spans of time as documents write them. What is no time is for the schema to complain of. */
final class Moments {
    private static final BigDecimal FURTHEST = new BigDecimal("253402300799"); // the end of the year 9999

    private static final int PLAIN_LENGTH = "2026-11-21T10:15:30Z".length();

    private Moments() {}

    /** An RFC 3339 timestamp, or seconds since 1970 as in RFC 7519; null if it is neither. */
    static @Nullable Instant of(Value value) {
        if (!value.isPresent()) {
            return null;
        }
        return value.kind() == Kind.NUMBER ? epoch(value.text()) : timestamp(value.text());
    }

    /** A whole number of minutes; null if it is none. */
    static @Nullable Duration minutes(Value value) {
        @Nullable Instant asSeconds = value.kind() == Kind.NUMBER ? epoch(value.text()) : null;
        return asSeconds == null ? null : Duration.ofMinutes(asSeconds.getEpochSecond());
    }

    private static @Nullable Instant epoch(String text) {
        if (text.length() > 20) {
            return null;
        }
        var seconds = new BigDecimal(text);
        boolean sane = seconds.signum() >= 0 && seconds.compareTo(FURTHEST) <= 0;
        return sane ? Instant.ofEpochSecond(seconds.longValue()) : null;
    }

    private static @Nullable Instant timestamp(String text) {
        try {
            return text.length() == PLAIN_LENGTH && text.endsWith("Z")
                    ? plain(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | NumberFormatException noTime) {
            return null;
        }
    }

    /** The form that nearly all have, {@code 2026-11-21T10:15:30Z}; the library, which reads every form, takes its time. */
    private static @Nullable Instant plain(String text) {
        boolean punctuated = text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (text.charAt(10) | 0x20) == 't'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
        return punctuated
                ? LocalDateTime.of(
                                digits(text, 0, 4),
                                digits(text, 5, 7),
                                digits(text, 8, 10),
                                digits(text, 11, 13),
                                digits(text, 14, 16),
                                digits(text, 17, 19))
                        .toInstant(ZoneOffset.UTC)
                : null;
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int index = from; index < to; index++) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("not a digit");
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
