package dev.sallyport.json.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are known beforehand, found by the bytes of one that comes: by its first and last eight bytes and its length, which
 * are all of it up to sixteen. A table with plenty of room, so that nearly always one place is looked at. Thread-safe: what is
 * remembered of the order in which they come is a guess, which is held against the bytes.
 */
public final class ByteNames {
    /** No place. */
    public static final int NONE = -1;

    private static final int ROOM = 4;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Name[] places;
    private final int shift;
    /** Stands for the name in front of the first. */
    private final Name start = new Name(new byte[0], NONE);

    /** One of the texts. */
    public static final class Name {
        private final byte[] text;
        private final int length;
        private final int index;
        private final long first;
        private final long last;
        /** Whether it is written in JSON as it is, and short. */
        private final boolean plain;
        /** What last came behind it. A guess, which any thread may change. */
        private @Nullable Name next;

        private Name(byte[] text, int index) {
            this.text = text;
            this.length = text.length;
            this.index = index;
            this.first = first(text, 0, text.length);
            this.last = last(text, 0, text.length);
            this.plain = JsonBytes.isPlainName(text);
        }

        /** Its number in the list. */
        public int index() {
            return index;
        }

        /** The name that is expected behind it, since it last was there; null if that is not known. */
        public @Nullable Name next() {
            return next;
        }

        /** Another came behind it, or one that is unknown. */
        public void cameNext(@Nullable Name other) {
            next = other != null && other.plain ? other : null;
        }

        /** Where it ends if it is the name whose opening quote is here: at its closing quote; {@link #NONE} if it is not. */
        public int end(byte[] body, int at) {
            int from = at + 1;
            int to = from + length;
            return to < body.length
                            && body[to] == '"'
                            && body[at] == '"'
                            && is(first(body, from, to), last(body, from, to), body, from, to)
                    ? to
                    : NONE;
        }

        private boolean is(long otherFirst, long otherLast, byte[] bytes, int from, int to) {
            return first == otherFirst
                    && last == otherLast
                    && to - from == length
                    && (length <= 2 * EightBytes.COUNT || Arrays.equals(text, 0, length, bytes, from, to));
        }
    }

    /**
     * A table of texts. One with half a surrogate pair is none that can be written in UTF-8, so it is not found.
     *
     * @param texts each once; how they are numbered
     */
    public ByteNames(List<String> texts) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, texts.size() * ROOM - 1));
        this.places = new Name[1 << bits];
        this.shift = Long.SIZE - bits;
        for (int index = 0; index < texts.size(); index++) {
            byte[] text = texts.get(index).getBytes(StandardCharsets.UTF_8);
            if (texts.get(index).equals(new String(text, StandardCharsets.UTF_8))) {
                put(new Name(text, index));
            }
        }
    }

    private void put(Name name) {
        int place = place(name.first, name.last, name.length);
        while (places[place] != null) {
            place = (place + 1) & (places.length - 1);
        }
        places[place] = name;
    }

    /** What stands in front of the first name of an object. */
    public Name beforeFirst() {
        return start;
    }

    /** The text that is written so, without escapes; null if it is none of these. */
    public @Nullable Name find(byte[] bytes, int from, int to) {
        long first = first(bytes, from, to);
        long last = last(bytes, from, to);
        int place = place(first, last, to - from);
        for (Name name = places[place]; name != null; name = places[place]) {
            if (name.is(first, last, bytes, from, to)) {
                return name;
            }
            place = (place + 1) & (places.length - 1);
        }
        return null;
    }

    /** Whether a text that is written without escapes is one of these. */
    public boolean has(byte[] bytes, int from, int to) {
        return find(bytes, from, to) != null;
    }

    private int place(long first, long last, int length) {
        return (int) (key(first, last, length) >>> shift);
    }

    /** The same for the same texts; for others, nearly always another. */
    static long key(byte[] bytes, int from, int to) {
        return key(first(bytes, from, to), last(bytes, from, to), to - from);
    }

    private static long key(long first, long last, int length) {
        return (first ^ (Long.rotateLeft(last, 29) + length)) * SPREAD;
    }

    private static long first(byte[] bytes, int from, int to) {
        return EightBytes.upTo(to - from, bytes, from);
    }

    private static long last(byte[] bytes, int from, int to) {
        return to - from <= EightBytes.COUNT ? 0 : EightBytes.at(bytes, to - EightBytes.COUNT);
    }
}
