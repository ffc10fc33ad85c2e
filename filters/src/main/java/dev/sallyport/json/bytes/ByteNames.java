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
    /** Not among them. */
    public static final int NONE = -1;

    private static final int ROOM = 4;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Entry[] places;
    private final int shift;
    private final @Nullable Entry[] numbered;
    /** The number of the text that last came behind each, and behind none. */
    private final int[] behind;

    /** One of the texts, and its number in the list. */
    private static final class Entry {
        private final byte[] text;
        private final int length;
        private final int index;
        private final long first;
        private final long last;
        /** Whether it is written in JSON as it is, and short. */
        private final boolean plain;

        Entry(byte[] text, int index) {
            this.text = text;
            this.length = text.length;
            this.index = index;
            this.first = first(text, 0, text.length);
            this.last = last(text, 0, text.length);
            this.plain = JsonBytes.isPlainName(text);
        }

        boolean is(long otherFirst, long otherLast, byte[] bytes, int from, int to) {
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
        this.places = new Entry[1 << bits];
        this.shift = Long.SIZE - bits;
        this.numbered = new @Nullable Entry[texts.size()];
        this.behind = new int[texts.size() + 1];
        Arrays.fill(behind, NONE);
        for (int index = 0; index < texts.size(); index++) {
            byte[] text = texts.get(index).getBytes(StandardCharsets.UTF_8);
            if (texts.get(index).equals(new String(text, StandardCharsets.UTF_8))) {
                var entry = new Entry(text, index);
                put(entry);
                numbered[index] = entry;
            }
        }
    }

    private void put(Entry entry) {
        int place = place(entry.first, entry.last, entry.length);
        while (places[place] != null) {
            place = (place + 1) & (places.length - 1);
        }
        places[place] = entry;
    }

    /** What stands for the text before the first one. */
    public int beforeFirst() {
        return numbered.length;
    }

    /** The number of the text that last came behind another; {@link #NONE} if that is not known. */
    public int expectedBehind(int previous) {
        return previous == NONE ? NONE : behind[previous];
    }

    /** Where a text ends that is expected as a name whose opening quote is here: at its closing quote; {@link #NONE} if it is another. */
    public int endOfExpected(int index, byte[] body, int at) {
        @Nullable Entry entry = index == NONE ? null : numbered[index];
        if (entry == null) {
            return NONE;
        }
        int from = at + 1;
        int to = from + entry.length;
        return to < body.length
                        && body[to] == '"'
                        && body[at] == '"'
                        && entry.is(first(body, from, to), last(body, from, to), body, from, to)
                ? to
                : NONE;
    }

    /** One came behind another. */
    public void cameBehind(int previous, int index) {
        if (previous != NONE && index != NONE) {
            @Nullable Entry entry = numbered[index];
            behind[previous] = entry != null && entry.plain ? index : NONE;
        }
    }

    /** The number of a text that is written without escapes; {@link #NONE} if it is none of these. */
    public int find(byte[] bytes, int from, int to) {
        long first = first(bytes, from, to);
        long last = last(bytes, from, to);
        int place = place(first, last, to - from);
        for (Entry entry = places[place]; entry != null; entry = places[place]) {
            if (entry.is(first, last, bytes, from, to)) {
                return entry.index;
            }
            place = (place + 1) & (places.length - 1);
        }
        return NONE;
    }

    /** Whether a text that is written without escapes is one of these. */
    public boolean has(byte[] bytes, int from, int to) {
        return find(bytes, from, to) != NONE;
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
