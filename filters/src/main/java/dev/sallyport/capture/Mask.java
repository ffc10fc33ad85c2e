package dev.sallyport.capture;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a masked value: its shape. Written as text between tildes, which no value that is written as it is begins
 * with.
 *
 * @param kind what it was
 * @param bytes length in UTF-8; of an object or array, of its compact JSON; 0 for numbers and booleans
 * @param count characters of a string or name, members of an object, items of an array
 * @param number equal strings of one line have equal numbers, different ones different numbers; 0 for all else
 */
public record Mask(Kind kind, int bytes, int count, int number) {
    private static final Pattern WRITTEN = Pattern.compile(
            "~(string|jwt|name|integer|fraction|boolean|object|array)(?::(\\d{1,9})(?:/(\\d{1,9}))?(?:#(\\d{1,9}))?)?~");

    /** What a masked value was. */
    public enum Kind {
        STRING,
        JWT,
        NAME,
        INTEGER,
        FRACTION,
        BOOLEAN,
        OBJECT,
        ARRAY
    }

    static Mask text(Kind kind, String text, int number) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return new Mask(kind, bytes, text.codePointCount(0, text.length()), number);
    }

    static Mask of(Kind kind) {
        return new Mask(kind, 0, 0, 0);
    }

    /** What was written, or null if this is no mask. */
    public static @Nullable Mask parse(String written) {
        Matcher parts = WRITTEN.matcher(written);
        if (!parts.matches()) {
            return null;
        }
        Kind kind = Kind.valueOf(parts.group(1).toUpperCase(java.util.Locale.ROOT));
        int bytes = number(parts.group(2), 0);
        boolean text = kind == Kind.STRING || kind == Kind.JWT || kind == Kind.NAME;
        return new Mask(kind, bytes, number(parts.group(3), text ? bytes : 0), number(parts.group(4), 0));
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    /** As it is written; {@link #parse} reads it back. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(java.util.Locale.ROOT);
        return switch (kind) {
            case INTEGER, FRACTION, BOOLEAN -> "~" + name + "~";
            case OBJECT, ARRAY -> "~" + name + ":" + bytes + "/" + count + "~";
            case STRING, JWT, NAME ->
                "~" + name + ":" + bytes + (count == bytes ? "" : "/" + count) + (number == 0 ? "" : "#" + number)
                        + "~";
        };
    }
}
