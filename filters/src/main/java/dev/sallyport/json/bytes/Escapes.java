package dev.sallyport.json.bytes;

import java.nio.charset.StandardCharsets;

/** Escapes in strings (RFC 8259, 7), those of surrogates apart: whether two of them are a pair, the other reader tells. */
final class Escapes {
    private static final String SHORT = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";
    private static final int DIGITS = 4;

    private Escapes() {}

    /** Where the escape ends whose backslash stands here. */
    static int end(byte[] body, int backslash) {
        int next = backslash + 1 < body.length ? body[backslash + 1] : 0;
        if (next != 'u') {
            if (next == 0 || SHORT.indexOf(next) < 0) {
                throw new InDoubt();
            }
            return backslash + 2;
        }
        if (backslash + 2 + DIGITS > body.length || Character.isSurrogate(unit(body, backslash + 2))) {
            throw new InDoubt();
        }
        return backslash + 2 + DIGITS;
    }

    private static char unit(byte[] body, int from) {
        int unit = 0;
        for (int index = from; index < from + DIGITS; index++) {
            int digit = body[index] < 0 ? -1 : Character.digit(body[index], 16);
            if (digit < 0) {
                throw new InDoubt();
            }
            unit = (unit << 4) | digit;
        }
        return (char) unit;
    }

    /** What is meant by the inside of a string whose escapes are in order. */
    static String decoded(byte[] body, int from, int to) {
        var text = new StringBuilder(to - from);
        int index = from;
        while (index < to) {
            int backslash = index;
            while (backslash < to && body[backslash] != '\\') {
                backslash++;
            }
            text.append(new String(body, index, backslash - index, StandardCharsets.UTF_8));
            index = backslash;
            if (backslash < to) {
                index = end(body, backslash);
                byte letter = body[backslash + 1];
                text.append(letter == 'u' ? unit(body, backslash + 2) : MEANT.charAt(SHORT.indexOf(letter)));
            }
        }
        return text.toString();
    }
}
