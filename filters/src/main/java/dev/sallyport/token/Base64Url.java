package dev.sallyport.token;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url as a token may be written: the alphabet of RFC 4648, 5, without padding, white space or line ends (RFC 7515,
 * 2), and of the many texts that lenient readers take for the same bytes only the one that a writer makes (RFC 4648, 3.5).
 */
final class Base64Url {
    private static final byte NONE = -1;
    private static final byte[] VALUES = values();

    private Base64Url() {}

    /** The bytes of a part of a text; null if it is not written so. Of nothing, there are none. */
    static byte @Nullable [] decoded(byte[] text, int from, int to) {
        byte last = from == to ? 0 : VALUES[text[to - 1] & 0xff];
        if (last == NONE || !hasNothingToSpare(last, (to - from) % 4)) {
            return null;
        }
        try {
            return Base64.getUrlDecoder()
                    .decode(ByteBuffer.wrap(text, from, to - from))
                    .array(); // as long as what was decoded, since nothing is padded
        } catch (IllegalArgumentException otherCharacters) { // padding too, since it does not end with any
            return null;
        }
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
