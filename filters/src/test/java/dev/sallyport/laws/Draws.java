package dev.sallyport.laws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The values of one try: the same for the same seed and number. One value in ten is an edge of what may be drawn, and in one
 * try of twenty each is, because mistakes live there and edges seldom meet by chance.
 */
public final class Draws {
    /** What codecs and parsers stumble over: ends of ranges, what is escaped, halves of pairs, marks and noncharacters. */
    private static final String[] EDGE_CHARACTERS = {
        "\0",
        "\t",
        "\n",
        "\r",
        " ",
        "\"",
        "\\",
        "/",
        "%",
        "&",
        "+",
        "=",
        "~",
        "\u007f",
        "\u0080",
        "\u00e4",
        "\u07ff",
        "\u0800",
        "\u2028",
        "\ud7ff",
        "\ud800",
        "\udbff",
        "\udc00",
        "\udfff",
        "\ue000",
        "\ufeff",
        "\ufffd",
        "\uffff",
        "\ud800\udc00",
        "\ud83d\ude00",
        "\udbff\udfff"
    };

    private final SplittableRandom random;
    private final int edgeOneIn;

    Draws(long seed, int number) {
        this.random = new SplittableRandom(seed + number);
        this.edgeOneIn = number % 20 == 0 ? 1 : 10;
    }

    /** One of several ways to draw a value, as often as its weight among the weights of all. */
    public record Share<T>(int weight, Supplier<? extends T> way) {
        /** Names a way and its weight. */
        public static <T> Share<T> share(int weight, Supplier<? extends T> way) {
            return new Share<>(weight, way);
        }
    }

    /** A number, both ends included; its edges are the ends, what is beside them, and what is around zero. */
    public int between(int min, int max) {
        if (isEdge()) {
            int[] edges = IntStream.of(min, min + 1, -1, 0, 1, max - 1, max)
                    .filter(number -> number >= min && number <= max)
                    .toArray();
            return edges[random.nextInt(edges.length)];
        }
        return (int) random.nextLong(min, max + 1L);
    }

    /** True in so many of a hundred draws. */
    public boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    /** One of these, each as often. */
    @SafeVarargs
    public final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** A value that is drawn in one of these ways. */
    @SafeVarargs
    public final <T> T oneOf(Share<? extends T>... shares) {
        int left = random.nextInt(IntStream.range(0, shares.length)
                .map(index -> shares[index].weight())
                .sum());
        int index = 0;
        while (left >= shares[index].weight()) {
            left -= shares[index++].weight();
        }
        return shares[index].way().get();
    }

    /** Up to so many characters of all that there are, halves of surrogate pairs among them. */
    public String text(int max) {
        return String.join("", list(0, max, this::character));
    }

    /** Characters of a range. */
    public String text(int min, int max, char from, char to) {
        return String.join("", list(min, max, () -> Character.toString(between(from, to))));
    }

    private String character() {
        if (isEdge()) {
            return of(EDGE_CHARACTERS);
        }
        return Character.toString(of(between(0, 0x7f), between(0, 0xffff), between(0x10000, Character.MAX_CODE_POINT)));
    }

    /** Up to so many bytes. */
    public byte[] bytes(int max) {
        byte[] bytes = new byte[between(0, max)];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) between(Byte.MIN_VALUE, Byte.MAX_VALUE);
        }
        return bytes;
    }

    /** So many drawn one after another. */
    public <T> List<T> list(int min, int max, Supplier<? extends T> element) {
        int size = between(min, max);
        List<T> list = new ArrayList<>(size);
        while (list.size() < size) {
            list.add(element.get());
        }
        return list;
    }

    /** So many that differ; there must be as many. */
    public <T> Set<T> set(int min, int max, Supplier<? extends T> element) {
        int size = between(min, max);
        Set<T> set = new LinkedHashSet<>();
        while (set.size() < size) {
            set.add(element.get());
        }
        return set;
    }

    /** Up to so many entries; there must be as many keys. */
    public <K, V> Map<K, V> map(int max, Supplier<? extends K> key, Supplier<? extends V> value) {
        Map<K, V> map = new LinkedHashMap<>();
        for (K each : set(0, max, key)) {
            map.put(each, value.get());
        }
        return map;
    }

    private boolean isEdge() {
        return random.nextInt(edgeOneIn) == 0;
    }
}
