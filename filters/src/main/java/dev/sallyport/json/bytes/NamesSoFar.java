package dev.sallyport.json.bytes;

import java.util.Arrays;

/**
 * The names of the members of objects that are being read, innermost last, by where they stand. For those that no table knows.
 * Of one object there may be a few only, since each is compared with all: beyond that, the other reader has a set for them.
 */
public final class NamesSoFar {
    private static final int MOST = 64;
    private static final int[] NO_PLACES = {};

    private final byte[] body;
    private int[] places = NO_PLACES;
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
        if (size - mark >= 2 * MOST) {
            throw new InDoubt();
        }
        for (int index = mark; index < size; index += 2) {
            if (Arrays.equals(body, places[index], places[index + 1], body, from, to)) {
                throw new InDoubt();
            }
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, size + 2 * MOST / 4);
        }
        places[size++] = from;
        places[size++] = to;
    }
}
