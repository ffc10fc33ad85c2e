package dev.sallyport.config.limit;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a limit counts by.
 *
 * @param name of the header, or the JSON Pointer of the field; empty for the other kinds
 */
public record LimitKey(Kind kind, String name) {
    public static final LimitKey PROJECT = new LimitKey(Kind.PROJECT, "");
    public static final LimitKey ADDRESS = new LimitKey(Kind.ADDRESS, "");
    public static final LimitKey CALLER = new LimitKey(Kind.CALLER, "");
    public static final LimitKey OPERATION = new LimitKey(Kind.OPERATION, "");

    /** What it may be, in words. */
    public static final String EXPECTED = "project, caller, address, operation, header:NAME or body:/POINTER";

    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
    private static final Pattern POINTER = Pattern.compile("(?:/(?:[^~/]|~[01])+)+");

    /** The kinds of keys. */
    public enum Kind {
        PROJECT,
        CALLER,
        ADDRESS,
        OPERATION,
        HEADER,
        BODY
    }

    /** Reads what an operator wrote. */
    public static LimitKey parse(String text) {
        String written = text.strip();
        int colon = written.indexOf(':');
        String kind = (colon < 0 ? written : written.substring(0, colon)).toLowerCase(Locale.ROOT);
        String name = colon < 0 ? "" : written.substring(colon + 1).strip();
        return switch (kind) {
            case "project" -> alone(PROJECT, name, text);
            case "caller" -> alone(CALLER, name, text);
            case "address" -> alone(ADDRESS, name, text);
            case "operation" -> alone(OPERATION, name, text);
            case "header" -> named(new LimitKey(Kind.HEADER, name), FIELD_NAME, text);
            case "body" -> named(new LimitKey(Kind.BODY, name), POINTER, text);
            default -> throw wrong(text);
        };
    }

    private static LimitKey alone(LimitKey key, String name, String text) {
        if (!name.isEmpty()) {
            throw wrong(text);
        }
        return key;
    }

    private static LimitKey named(LimitKey key, Pattern form, String text) {
        if (!form.matcher(key.name).matches()) {
            throw wrong(text);
        }
        return key;
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("must be " + EXPECTED + ", was " + text);
    }

    @Override
    public String toString() {
        String written = kind.name().toLowerCase(Locale.ROOT);
        return name.isEmpty() ? written : written + ":" + name;
    }
}
