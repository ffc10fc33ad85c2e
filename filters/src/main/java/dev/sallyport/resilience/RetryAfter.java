package dev.sallyport.resilience;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date in one of the three forms of 5.6.7. */
public final class RetryAfter {
    private static final int MOST_DIGITS = 9;
    private static final Duration FARTHEST = Duration.ofSeconds(999_999_999);
    private static final int CENTURY_BACK = 50;

    private RetryAfter() {}

    /** How long it is until then, not below zero, and at most some thirty years; null if it does not say. */
    public static @Nullable Duration parse(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        String said = value.strip();
        boolean isNumber = !said.isEmpty() && said.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? seconds(said) : untilDate(said, now);
    }

    private static Duration seconds(String digits) {
        String said = digits.replaceFirst("^0+(?=.)", "");
        return said.length() <= MOST_DIGITS ? Duration.ofSeconds(Long.parseLong(said)) : FARTHEST;
    }

    private static @Nullable Duration untilDate(String said, Instant now) {
        return forms(now).stream()
                .flatMap(form -> date(said, form).stream())
                .findFirst()
                .map(date -> within(Duration.between(now, date)))
                .orElse(null);
    }

    private static Duration within(Duration until) {
        return until.isNegative() ? Duration.ZERO : until.compareTo(FARTHEST) > 0 ? FARTHEST : until;
    }

    private static Optional<Instant> date(String said, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(said, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException anotherForm) {
            return Optional.empty();
        }
    }

    /** Of two digits of a year, those mean it that are at most half a century ahead. */
    private static List<DateTimeFormatter> forms(Instant now) {
        int from = now.atOffset(ZoneOffset.UTC).getYear() - CENTURY_BACK + 1;
        DateTimeFormatter obsolete = new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, from)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US);
        return List.of(
                DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US),
                obsolete,
                DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));
    }
}
