package dev.sallyport.json;

import java.util.Locale;

/**
 * Names without regard to case, as lenient parsers compare them: Go's folds U+017F to s and U+212A to k, Java's takes the
 * upper and then the lower case of each character. Both are covered.
 */
public final class FoldedNames {
    private static final int LAST_OF_ASCII = 0x7f;

    private FoldedNames() {}

    /** A text that all names share which differ by case alone. */
    public static String folded(String name) {
        for (int index = 0; index < name.length(); index++) {
            if (name.charAt(index) > LAST_OF_ASCII) {
                return foldedBeyondAscii(name);
            }
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private static String foldedBeyondAscii(String name) {
        var folded = new StringBuilder(name.length());
        name.codePoints()
                .map(character -> Character.toLowerCase(Character.toUpperCase(character)))
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
