package dev.sallyport.json.bytes;

import java.util.Arrays;

/** Escapes in strings (RFC 8259, 7), those of surrogates apart: whether two of them are a pair, the other reader tells. */
final class Escapes {
    private static final int DIGITS = 4;

    /** What each letter behind a backslash means; zero if nothing. */
    private static final byte[] MEANT = new byte[128];

    static {
        String letters = "\"\\/bfnrt";
        String meant = "\"\\/\b\f\n\r\t";
        for (int index = 0; index < letters.length(); index++) {
            MEANT[letters.charAt(index)] = (byte) meant.charAt(index);
        }
    }

    private Escapes() {}

    /** Where the escape ends whose backslash stands here. */
    static int end(byte[] body, int backslash) {
        byte letter = JsonBytes.at(body, backslash + 1);
        if (letter != 'u') {
            if (letter < 0 || MEANT[letter] == 0) {
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

    /** What is meant by the inside of a string whose escapes are in order, in UTF-8: never longer than it is written. */
    static byte[] decoded(byte[] body, int from, int to) {
        byte[] text = new byte[to - from];
        int length = 0;
        int index = from;
        while (index < to) {
            if (body[index] != '\\') {
                text[length++] = body[index++];
            } else if (body[index + 1] == 'u') {
                length = put(unit(body, index + 2), text, length);
                index += 2 + DIGITS;
            } else {
                text[length++] = MEANT[body[index + 1]];
                index += 2;
            }
        }
        return Arrays.copyOf(text, length);
    }

    private static int put(char unit, byte[] text, int at) {
        int end = at;
        if (unit < 0x80) {
            text[end++] = (byte) unit;
            return end;
        }
        if (unit < 0x800) {
            text[end++] = (byte) (0xC0 | (unit >> 6));
        } else {
            text[end++] = (byte) (0xE0 | (unit >> 12));
            text[end++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
        }
        text[end++] = (byte) (0x80 | (unit & 0x3F));
        return end;
    }
}
