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
            case NUMBER -> instant(seconds(value.text()));
            case STRING -> Timestamps.instant(value.text());
            default -> null;
        };
    }

    /** A whole number of minutes; null if it is none. */
    static @Nullable Duration minutes(Value value) {
        @Nullable BigDecimal minutes = value.kind() == Kind.NUMBER ? seconds(value.text()) : null;
        boolean whole = minutes != null && minutes.stripTrailingZeros().scale() <= 0;
        return whole && minutes != null ? Duration.ofMinutes(minutes.longValue()) : null;
    }

    private static @Nullable Instant instant(@Nullable BigDecimal seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(seconds.longValue());
    }

    private static @Nullable BigDecimal seconds(String text) {
        if (text.length() > 20) {
            return null;
        }
        var seconds = new BigDecimal(text);
        boolean sane = seconds.signum() >= 0 && seconds.compareTo(FURTHEST) <= 0;
        return sane ? seconds : null;
    }
}
