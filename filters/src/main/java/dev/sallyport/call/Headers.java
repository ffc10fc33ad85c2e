package dev.sallyport.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header fields as they arrived, names without regard to case (RFC 9110, 5.1). A view, never a copy. Never printed: header
 * values hold credentials.
 */
public interface Headers {
    Headers NONE = of(Map.of());

    /** The first value of a field, or null. */
    @Nullable
    String first(String name);

    /** Every value of a field, in order. */
    default List<String> all(String name) {
        List<String> values = new ArrayList<>();
        forEach((line, value) -> {
            if (line.equalsIgnoreCase(name)) {
                values.add(value);
            }
        });
        return values;
    }

    /** Every field line, in order. */
    void forEach(BiConsumer<String, String> line);

    /**
     * Others in place of some.
     *
     * @param names those that are left out, without regard to case
     * @param lines those that are there instead, one value a name
     */
    static Headers replaced(Headers base, Set<String> names, Map<String, String> lines) {
        return new ReplacedHeaders(base, names, lines);
    }

    /** Headers with one value a name. */
    static Headers of(Map<String, String> lines) {
        Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(lines);
        return new Headers() {
            @Override
            public @Nullable String first(String name) {
                return sorted.get(name);
            }

            @Override
            public void forEach(BiConsumer<String, String> line) {
                sorted.forEach(line);
            }

            @Override
            public String toString() {
                return sorted.keySet().toString();
            }
        };
    }
}
