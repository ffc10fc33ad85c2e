package dev.sallyport.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** Reads timestamps of RFC 3339, 5.6, and nothing that is merely like one: what {@code format: date-time} asks for. */
public final class Rfc3339 {
    private static final int SECONDS_END = "2026-11-21T10:15:30".length();
    private static final int OFFSET_LENGTH = "+01:00".length();
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int NANO_DIGITS = 9;
    private static final int NONE = Integer.MIN_VALUE;

    private Rfc3339() {}

    /** The moment; null if the text is no timestamp. A leap second is the moment after the one before it. */
    public static @Nullable Instant instant(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1); // what is not in it becomes what no timestamp has
        int second = secondOfDay(bytes, 0, bytes.length);
        if (second == NONE) {
            return null;
        }
        long day = LocalDate.of(four(bytes, 0), two(bytes, 5), two(bytes, 8)).toEpochDay();
        return Instant.ofEpochSecond(day * SECONDS_OF_DAY + second, nanos(bytes));
    }

    /** Whether a part of some bytes is a timestamp. */
    public static boolean isTimestamp(byte[] text, int from, int to) {
        return secondOfDay(text, from, to) != NONE;
    }

    /** Seconds in UTC since the beginning of the day that is named, which an offset makes less than none or more than a day. */
    private static int secondOfDay(byte[] text, int from, int to) {
        if (to - from <= SECONDS_END || !isPunctuated(text, from) || !isDate(text, from)) {
            return NONE;
        }
        int offset = fractionEnd(text, from + SECONDS_END, to);
        boolean emptyFraction = offset == from + SECONDS_END + 1;
        int hour = two(text, from + 11);
        int minute = two(text, from + 14);
        int second = two(text, from + 17);
        int ahead = offsetSeconds(text, offset, to);
        boolean digits = hour >= 0 && minute >= 0 && second >= 0;
        if (emptyFraction || !digits || hour > 23 || minute > 59 || second > 60 || ahead == NONE) {
            return NONE;
        }
        int utc = hour * 3600 + minute * 60 + second - ahead;
        return second < 60 || Math.floorMod(utc, SECONDS_OF_DAY) == 0 ? utc : NONE;
    }

    private static boolean isDate(byte[] text, int from) {
        int year = four(text, from);
        int month = two(text, from + 5);
        int day = two(text, from + 8);
        return year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
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

    /** How far local time is ahead of UTC, which is behind what is given as {@code at}. */
    private static int offsetSeconds(byte[] text, int at, int to) {
        int left = to - at;
        if (left == 1 && (text[at] | 0x20) == 'z') {
            return 0;
        }
        if (left != OFFSET_LENGTH || text[at + 3] != ':' || sign(text[at]) == 0) {
            return NONE;
        }
        int hours = two(text, at + 1);
        int minutes = two(text, at + 4);
        boolean isTime = hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
        return isTime ? sign(text[at]) * (hours * 3600 + minutes * 60) : NONE;
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

    private static int four(byte[] text, int from) {
        int first = two(text, from);
        int last = two(text, from + 2);
        return (first | last) < 0 ? NONE : 100 * first + last;
    }

    /** What two digits say; less than nothing if one is none. */
    private static int two(byte[] text, int from) {
        int tens = text[from] - '0';
        int ones = text[from + 1] - '0';
        return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? NONE : 10 * tens + ones;
    }

    /** What digits say; less than nothing if there is anything else. */
    private static int digits(byte[] text, int from, int count) {
        int number = 0;
        for (int index = from; index < from + count; index++) {
            if (!isDigit(text[index])) {
                return NONE;
            }
            number = 10 * number + text[index] - '0';
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
