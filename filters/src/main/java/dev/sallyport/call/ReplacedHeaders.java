package dev.sallyport.call;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A view of headers with others in place of some. */
final class ReplacedHeaders implements Headers {
    private final Headers base;
    private final Set<String> left = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    ReplacedHeaders(Headers base, Set<String> names, Map<String, String> lines) {
        this.base = base;
        this.left.addAll(names);
        this.lines.putAll(lines);
        this.left.addAll(lines.keySet());
    }

    @Override
    public @Nullable String first(String name) {
        return left.contains(name) ? lines.get(name) : base.first(name);
    }

    @Override
    public void forEach(BiConsumer<String, String> line) {
        base.forEach((name, value) -> {
            if (!left.contains(name)) {
                line.accept(name, value);
            }
        });
        lines.forEach(line);
    }

    @Override
    public String toString() {
        return base + " with others for " + left;
    }
}
