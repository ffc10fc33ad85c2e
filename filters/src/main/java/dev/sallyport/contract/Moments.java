package dev.sallyport.contract;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Points and spans of time as documents write them. What is no time is for the schema to complain of. */
final class Moments {
    private static final BigDecimal FURTHEST = new BigDecimal("253402300799"); // the end of the year 9999

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
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException noTime) {
            return null;
        }
    }
}
