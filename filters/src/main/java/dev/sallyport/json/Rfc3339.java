package dev.sallyport.json;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads timestamps of RFC 3339, 5.6, and nothing that is merely like one: what {@code format: date-time} asks for. */
public final class Rfc3339 {
    private static final int SECONDS_END = "2026-11-21T10:15:30".length();
    private static final int OFFSET_LENGTH = "+01:00".length();
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int NANO_DIGITS = 9;
    private static final long NONE = Long.MIN_VALUE;

    private Rfc3339() {}

    /** The moment; null if the text is no timestamp. A leap second is the moment after the one before it. */
    public static @Nullable Instant instant(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1); // what is not in it becomes what no timestamp has
        long seconds = seconds(bytes, 0, bytes.length);
        return seconds == NONE ? null : Instant.ofEpochSecond(seconds, nanos(bytes));
    }

    /** Whether a part of some bytes is a timestamp. */
    public static boolean isTimestamp(byte[] text, int from, int to) {
        return seconds(text, from, to) != NONE;
    }

    private static long seconds(byte[] text, int from, int to) {
        if (to - from <= SECONDS_END || !isPunctuated(text, from)) {
            return NONE;
        }
        int offset = fractionEnd(text, from + SECONDS_END, to);
        boolean emptyFraction = offset == from + SECONDS_END + 1;
        try {
            return emptyFraction ? NONE : seconds(text, from, offset, to);
        } catch (DateTimeException | NumberFormatException noTime) {
            return NONE;
        }
    }

    private static boolean isPunctuated(byte[] text, int from) {
        return text[from + 4] == '-'
                && text[from + 7] == '-'
                && (text[from + 10] | 0x20) == 't'
                && text[from + 13] == ':'
                && text[from + 16] == ':';
    }

    private static int fractionEnd(byte[] text, int from, int to) {
        int end = from;
        if (text[end] == '.') {
            end++;
            while (end < to && isDigit(text[end])) {
                end++;
            }
        }
        return end;
    }

    private static long seconds(byte[] text, int from, int offset, int to) {
        long day = LocalDate.of(digits(text, from, 4), digits(text, from + 5, 2), digits(text, from + 8, 2))
                .toEpochDay();
        int hour = digits(text, from + 11, 2);
        int minute = digits(text, from + 14, 2);
        int second = digits(text, from + 17, 2);
        boolean leap = second == 60;
        if (hour > 23 || minute > 59 || second > 60) {
            return NONE;
        }
        long local = day * SECONDS_OF_DAY + hour * 3600L + minute * 60L + (leap ? 59 : second);
        long epoch = local - offsetSeconds(text, offset, to);
        if (leap) {
            return Math.floorMod(epoch, SECONDS_OF_DAY) == SECONDS_OF_DAY - 1 ? epoch + 1 : NONE;
        }
        return epoch;
    }

    private static int offsetSeconds(byte[] text, int at, int to) {
        int left = to - at;
        if (left == 1 && (text[at] | 0x20) == 'z') {
            return 0;
        }
        boolean written = left == OFFSET_LENGTH && text[at + 3] == ':';
        int sign = written ? sign(text[at]) : 0;
        int hours = sign == 0 ? 24 : digits(text, at + 1, 2);
        int minutes = sign == 0 ? 60 : digits(text, at + 4, 2);
        if (hours > 23 || minutes > 59) {
            throw new NumberFormatException("is no offset");
        }
        return sign * (hours * 3600 + minutes * 60);
    }

    private static int sign(byte b) {
        return b == '+' ? 1 : b == '-' ? -1 : 0;
    }

    /** The fraction of a timestamp, cut off after nine digits. */
    private static int nanos(byte[] text) {
        int from = SECONDS_END + 1;
        int end = fractionEnd(text, SECONDS_END, text.length);
        int count = Math.max(0, Math.min(end - from, NANO_DIGITS));
        int nanos = digits(text, from, count);
        for (int digit = count; digit < NANO_DIGITS; digit++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int digits(byte[] text, int from, int count) {
        int number = 0;
        for (int index = from; index < from + count; index++) {
            if (!isDigit(text[index])) {
                throw new NumberFormatException("is no digit");
            }
            number = 10 * number + text[index] - '0';
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
