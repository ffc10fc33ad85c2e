package dev.sallyport.contract.rule;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.json.Rfc3339;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Points and spans of time as documents write them. */
final class TimeValues {
    private static final BigDecimal FURTHEST = new BigDecimal("253402300799"); // the end of the year 9999

    private TimeValues() {}

    /** An RFC 3339 timestamp, or seconds since 1970 as in RFC 7519; null if it is neither. */
    static @Nullable Instant of(Value value) {
        return switch (value.kind()) {
            case NUMBER -> instant(number(value.text()));
            case STRING -> Rfc3339.instant(value.text());
            default -> null;
        };
    }

    /** A whole number of minutes; null if it is none. */
    static @Nullable Duration minutes(Value value) {
        @Nullable BigDecimal minutes = value.kind() == Kind.NUMBER ? number(value.text()) : null;
        boolean whole = minutes != null && minutes.stripTrailingZeros().scale() <= 0;
        return whole && minutes != null ? Duration.ofMinutes(minutes.longValue()) : null;
    }

    private static @Nullable Instant instant(@Nullable BigDecimal seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(seconds.longValue());
    }

    /** Null if it is beyond any time; an exponent may be beyond all arithmetic. */
    private static @Nullable BigDecimal number(String text) {
        if (text.length() > 20) {
            return null;
        }
        try {
            var number = new BigDecimal(text);
            return number.signum() >= 0 && number.compareTo(FURTHEST) <= 0 ? number : null;
        } catch (NumberFormatException absurd) {
            return null;
        }
    }
}
