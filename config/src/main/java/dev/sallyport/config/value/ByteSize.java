package dev.sallyport.config.value;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written {@code 65536}, {@code 64KB} or {@code 1MB}; a kilobyte has 1024.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})\\s*(B|KB|KIB|MB|MIB)?");

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("must not be negative, was " + bytes);
        }
    }

    /** Reads what an operator wrote. */
    public static ByteSize parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!written.matches()) {
            throw new IllegalArgumentException("must be a size such as 64KB or 1MB, was " + text);
        }
        String unit = written.group(2) == null ? "B" : written.group(2);
        long factor =
                switch (unit) {
                    case "KB", "KIB" -> 1024L;
                    case "MB", "MIB" -> 1024L * 1024;
                    default -> 1L;
                };
        return new ByteSize(Long.parseLong(written.group(1)) * factor);
    }

    public static ByteSize kilobytes(long number) {
        return new ByteSize(number * 1024);
    }

    public static ByteSize between(String key, ByteSize value, ByteSize least, ByteSize most) {
        if (value.bytes < least.bytes || value.bytes > most.bytes) {
            throw new InvalidSetting(key, "between " + least + " and " + most, value);
        }
        return value;
    }

    @Override
    public String toString() {
        return bytes % 1024 == 0 && bytes > 0 ? bytes / 1024 + "KB" : bytes + "B";
    }
}
