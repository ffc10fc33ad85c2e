package dev.sallyport.json.bytes;

import java.util.Arrays;

/**
 * The names of the members of objects that are being read, innermost last, by where they stand. For those that no table knows.
 * Of one object there may be a few only, since each is compared with all: beyond that, the other reader has a set for them.
 */
public final class NamesSoFar {
    private static final int MOST = 64;
    private static final int MORE = 16;

    private final byte[] body;
    private long[] keys = {};
    private int[] places = {};
    private int size;

    /** Of a document. */
    public NamesSoFar(byte[] body) {
        this.body = body;
    }

    /** Where the names of an object begin that is entered now. */
    public int mark() {
        return size;
    }

    /** The object that was entered at a mark is left. */
    public void release(int mark) {
        size = mark;
    }

    /** One more name; fails if the object that was entered at a mark has it already. */
    public void add(int mark, int from, int to) {
        if (size - mark >= MOST) {
            throw new InDoubt();
        }
        long key = ByteNames.key(body, from, to);
        for (int index = mark; index < size; index++) {
            if (keys[index] == key && isAt(index, from, to)) {
                throw new InDoubt();
            }
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size + MORE);
            places = Arrays.copyOf(places, 2 * keys.length);
        }
        keys[size] = key;
        places[2 * size] = from;
        places[2 * size + 1] = to;
        size++;
    }

    private boolean isAt(int index, int from, int to) {
        return Arrays.equals(body, places[2 * index], places[2 * index + 1], body, from, to);
    }
}
