package dev.sallyport.json.bytes;

import java.nio.charset.StandardCharsets;

/**
 * The parts of a JSON text, by where they stand in its bytes. Strict as {@link dev.sallyport.json.StrictJson} is, and stricter: it
 * is also in doubt about a name with an escape, an escaped surrogate, and what comes near the other reader's bounds. Functions of
 * places only, so that where a reading stands can be kept in a register.
 */
public final class JsonBytes {
    /** Whole numbers of more digits are not made numbers here. */
    public static final int MOST_DIGITS = 18;

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_NUMBER = 100;
    private static final int LONGEST_TEXT = 1 << 20;

    private JsonBytes() {}

    /** The byte at a place; zero, with which nothing begins, behind the last. */
    public static byte at(byte[] body, int at) {
        return at < body.length ? body[at] : 0;
    }

    /** The next place at which there is no white space. */
    public static int next(byte[] body, int at) {
        int next = at;
        while (isSpace(at(body, next))) {
            next++;
        }
        return next;
    }

    private static boolean isSpace(byte here) {
        return here <= ' ' && (here == ' ' || here == '\n' || here == '\r' || here == '\t');
    }

    /** Where the name ends whose opening quote is here: at its closing quote. */
    public static int nameEnd(byte[] body, int at) {
        int end = at(body, at) == '"' ? stringEnd(body, at) : -1;
        if (end < 0 || end - at > LONGEST_NAME) {
            throw new InDoubt();
        }
        return end;
    }

    /** Whether a text is, between quotes, a name as {@link #nameEnd} takes it. */
    static boolean isPlainName(byte[] text) {
        for (byte b : text) {
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                return false;
            }
        }
        return text.length < LONGEST_NAME;
    }

    /** Where the value begins that belongs to a name. */
    public static int afterColon(byte[] body, int nameEnd) {
        int colon = next(body, nameEnd + 1);
        if (at(body, colon) != ':') {
            throw new InDoubt();
        }
        return next(body, colon + 1);
    }

    /**
     * Where the next member or item begins, behind one; if there is none, less than 0: the place behind the object or array with
     * its sign turned.
     */
    public static int more(byte[] body, int at, char close) {
        int next = next(body, at);
        byte here = at(body, next);
        if (here == ',') {
            return next(body, next + 1);
        }
        if (here != close) {
            throw new InDoubt();
        }
        return -(next + 1);
    }

    /** An end without what its complement tells. */
    public static int unsigned(int end) {
        return end < 0 ? ~end : end;
    }

    /** Where {@code true}, {@code false} or {@code null} ends that begins here. */
    public static int wordEnd(byte[] body, int at, String word) {
        for (int index = 0; index < word.length(); index++) {
            if (at(body, at + index) != word.charAt(index)) {
                throw new InDoubt();
            }
        }
        return at + word.length();
    }

    /**
     * Where the string ends whose opening quote is here: at its closing quote, or, if there are escapes between, the complement of
     * that.
     */
    public static int stringEnd(byte[] body, int at) {
        boolean escaped = false;
        int index = plainEnd(body, at + 1);
        byte stop = at(body, index);
        while (stop != '"') {
            if (stop < 0) {
                index = WideCharacters.end(body, index);
            } else {
                index = escapeEnd(body, index, stop);
                escaped = true;
            }
            index = plainEnd(body, index);
            stop = at(body, index);
        }
        if (index - at > LONGEST_TEXT) {
            throw new InDoubt();
        }
        return escaped ? ~index : index;
    }

    private static int plainEnd(byte[] body, int from) {
        int index = from;
        for (int last = body.length - EightBytes.COUNT; index <= last; index += EightBytes.COUNT) {
            long stops = EightBytes.stops(EightBytes.at(body, index));
            if (stops != 0) {
                return index + EightBytes.first(stops);
            }
        }
        while (index < body.length && body[index] >= ' ' && body[index] != '"' && body[index] != '\\') {
            index++;
        }
        return index;
    }

    private static int escapeEnd(byte[] body, int index, byte stop) {
        if (stop != '\\') {
            throw new InDoubt(); // a control character, or the end
        }
        return Escapes.end(body, index);
    }

    /** Where the number ends that begins here, or the complement of that, if it has a fraction or an exponent. */
    public static int numberEnd(byte[] body, int at) {
        int index = at(body, at) == '-' ? at + 1 : at;
        index = at(body, index) == '0' ? index + 1 : digitsEnd(body, index);
        int whole = index;
        if (at(body, index) == '.') {
            index = digitsEnd(body, index + 1);
        }
        if ((at(body, index) | 0x20) == 'e') {
            byte sign = at(body, index + 1);
            index = digitsEnd(body, sign == '+' || sign == '-' ? index + 2 : index + 1);
        }
        if (index - at > LONGEST_NUMBER) {
            throw new InDoubt();
        }
        return index == whole ? index : ~index;
    }

    private static int digitsEnd(byte[] body, int from) {
        int index = from;
        while (at(body, index) >= '0' && at(body, index) <= '9') {
            index++;
        }
        if (index == from) {
            throw new InDoubt();
        }
        return index;
    }

    /** A whole number of at most {@value #MOST_DIGITS} digits. */
    public static long whole(byte[] body, int from, int to) {
        boolean negative = body[from] == '-';
        int digits = negative ? from + 1 : from;
        if (to - digits > MOST_DIGITS) {
            throw new InDoubt();
        }
        long number = 0;
        for (int index = digits; index < to; index++) {
            number = 10 * number + body[index] - '0';
        }
        return negative ? -number : number;
    }

    /** The text of what is written without an escape. */
    public static String text(byte[] body, int from, int to) {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    /** What is meant by the inside of a string with escapes, written without. */
    public static byte[] unescaped(byte[] body, int from, int to) {
        return Escapes.decoded(body, from, to);
    }
}
