package dev.sallyport.contract.file;

import java.util.regex.Pattern;

/** Words of a file as they may be shown: it was written by others, and a terminal does what control characters say. */
public final class Printable {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private Printable() {}

    /** The text with what is no character to look at written as JSON would, as {@code \\u001b}. */
    public static String of(String text) {
        return CONTROL.matcher(text)
                .replaceAll(
                        match -> String.format("\\\\u%04x", (int) match.group().charAt(0)));
    }
}
