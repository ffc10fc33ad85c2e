package dev.sallyport.json.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes, eight at a time: the first is the lowest of the number. */
final class EightBytes {
    static final int COUNT = Long.BYTES;

    private static final VarHandle VIEW = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * EACH;
    private static final long BACKSLASHES = '\\' * EACH;
    private static final long SPACES = ' ' * EACH;

    private EightBytes() {}

    static long at(byte[] bytes, int index) {
        return (long) VIEW.get(bytes, index);
    }

    /** Up to eight bytes, zeros in place of those that are not there. */
    static long upTo(int count, byte[] bytes, int from) {
        if (from + COUNT <= bytes.length) {
            return at(bytes, from) & (count >= COUNT ? -1 : (1L << (count * Byte.SIZE)) - 1);
        }
        long found = 0;
        for (int index = Math.min(count, COUNT) - 1; index >= 0; index--) {
            found = (found << Byte.SIZE) | (bytes[from + index] & 0xFF);
        }
        return found;
    }

    /**
     * Marks of the bytes at which a string in JSON may end or is more than plain ASCII: a quote, a backslash, a control character, a
     * byte above 127; zero if there is none. The lowest mark is right, since a borrow reaches only what is above such a byte.
     */
    static long stops(long eight) {
        return (((eight ^ QUOTES) - EACH) | ((eight ^ BACKSLASHES) - EACH) | (eight - SPACES) | eight) & HIGH_BITS;
    }

    /** The first byte that is marked. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
    }
}
