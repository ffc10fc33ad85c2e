package dev.sallyport.token;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64url as a token may be written: the alphabet of RFC 4648, 5, without padding, white space or line ends (RFC 7515,
 * 2), and of the many texts that lenient readers take for the same bytes only the one that a writer makes (RFC 4648, 3.5).
 */
final class Base64Url {
    private static final byte NONE = -1;
    private static final byte[] VALUES = values();

    private Base64Url() {}

    /** Whether a part of a text is written so; nothing at all is. Every byte is looked at, since a good text is the rule. */
    static boolean isCanonical(byte[] text, int from, int to) {
        byte any = 0;
        byte last = 0;
        for (int index = from; index < to; index++) {
            last = VALUES[text[index] & 0xff];
            any |= last;
        }
        return any >= 0 && hasNothingToSpare(last, (to - from) % 4);
    }

    /** Two characters carry one byte and four bits to spare, three carry two bytes and two bits, one carries nothing. */
    private static boolean hasNothingToSpare(byte last, int length) {
        return switch (length) {
            case 0 -> true;
            case 2 -> (last & 0b1111) == 0;
            case 3 -> (last & 0b11) == 0;
            default -> false;
        };
    }

    /** The bytes of what {@link #isCanonical}. */
    static byte[] decoded(byte[] text, int from, int to) {
        return Base64.getUrlDecoder()
                .decode(ByteBuffer.wrap(text, from, to - from))
                .array(); // as long as what was decoded, since nothing is padded
    }

    private static byte[] values() {
        var values = new byte[256];
        Arrays.fill(values, NONE);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int index = 0; index < alphabet.length(); index++) {
            values[alphabet.charAt(index)] = (byte) index;
        }
        return values;
    }
}
