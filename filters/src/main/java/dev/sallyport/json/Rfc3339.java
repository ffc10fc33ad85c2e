package dev.sallyport.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads timestamps of RFC 3339, 5.6, and nothing that is merely like one: what {@code format: date-time} asks for. */
public final class Rfc3339 {
    private static final int SECONDS_END = "2026-11-21T10:15:30".length();
    private static final int OFFSET_LENGTH = "+01:00".length();
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int NANO_DIGITS = 9;

    private Rfc3339() {}

    /** The moment; null if the text is no timestamp. A leap second is the moment after the one before it. */
    public static @Nullable Instant instant(String text) {
        if (text.length() <= SECONDS_END || !isPunctuated(text)) {
            return null;
        }
        int offset = fractionEnd(text);
        try {
            return instant(text, offset);
        } catch (DateTimeException | NumberFormatException noTime) {
            return null;
        }
    }

    private static boolean isPunctuated(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (text.charAt(10) | 0x20) == 't'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static int fractionEnd(String text) {
        int end = SECONDS_END;
        if (text.charAt(end) == '.') {
            end++;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
        }
        return end;
    }

    private static @Nullable Instant instant(String text, int offset) {
        boolean emptyFraction = offset == SECONDS_END + 1;
        int second = digits(text, 17, SECONDS_END);
        boolean leap = second == 60;
        LocalDateTime local = LocalDateTime.of(
                digits(text, 0, 4),
                digits(text, 5, 7),
                digits(text, 8, 10),
                digits(text, 11, 13),
                digits(text, 14, 16),
                leap ? 59 : second);
        long epoch = local.toEpochSecond(ZoneOffset.UTC) - offsetSeconds(text, offset);
        if (emptyFraction || (leap && Math.floorMod(epoch, SECONDS_OF_DAY) != SECONDS_OF_DAY - 1)) {
            return null;
        }
        return Instant.ofEpochSecond(leap ? epoch + 1 : epoch, nanos(text, offset));
    }

    private static int offsetSeconds(String text, int at) {
        int left = text.length() - at;
        if (left == 1 && (text.charAt(at) | 0x20) == 'z') {
            return 0;
        }
        boolean written = left == OFFSET_LENGTH && text.charAt(at + 3) == ':';
        int sign = written ? sign(text.charAt(at)) : 0;
        int hours = sign == 0 ? 24 : digits(text, at + 1, at + 3);
        int minutes = sign == 0 ? 60 : digits(text, at + 4, at + OFFSET_LENGTH);
        if (hours > 23 || minutes > 59) {
            throw new NumberFormatException("is no offset");
        }
        return sign * (hours * 3600 + minutes * 60);
    }

    private static int sign(char c) {
        return c == '+' ? 1 : c == '-' ? -1 : 0;
    }

    private static long nanos(String text, int end) {
        int from = SECONDS_END + 1;
        int last = Math.min(end, from + NANO_DIGITS);
        int nanos = end > from ? digits(text, from, last) : 0;
        for (int digit = last - from; digit < NANO_DIGITS && nanos > 0; digit++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int index = from; index < to; index++) {
            if (!isDigit(text.charAt(index))) {
                throw new NumberFormatException("is no digit");
            }
            number = 10 * number + text.charAt(index) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
