package dev.sallyport.contract;

import dev.sallyport.call.Value;
import dev.sallyport.call.Value.Kind;
import dev.sallyport.contract.value.Timestamps;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Points and spans of time as documents write them. */
final class Moments {
    private static final BigDecimal FURTHEST = new BigDecimal("253402300799"); // the end of the year 9999

    private Moments() {}

    /** An RFC 3339 timestamp, or seconds since 1970 as in RFC 7519; null if it is neither. */
    static @Nullable Instant of(Value value) {
        return switch (value.kind()) {
            case NUMBER -> instant(number(value.text()));
            case STRING -> Timestamps.instant(value.text());
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
