package dev.sallyport.contract.difference;

import dev.sallyport.contract.difference.Difference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects differences, in the words that they have in common. */
final class Findings {
    private static final int LONGEST_VALUE = 80;

    private final List<Difference> found = new ArrayList<>();

    List<Difference> all() {
        return List.copyOf(found);
    }

    void add(Kind kind, String place, String what, boolean protects) {
        found.add(new Difference(kind, place, what, protects));
    }

    /** A value that is another now. */
    void value(Kind kind, String place, @Nullable JsonNode before, @Nullable JsonNode after, boolean protects) {
        String what = after == null
                ? "no longer said, was " + shown(before)
                : shown(after) + (before == null ? ", was not said" : ", was " + shown(before));
        add(kind, place, what, protects);
    }

    /** A list, of which the order means nothing: what came, and what went. */
    void items(Kind added, Kind removed, String place, Set<String> before, Set<String> after, boolean protects) {
        String came = without(after, before);
        String went = without(before, after);
        if (!came.isEmpty()) {
            add(added, place, "has " + came + " as well", protects);
        }
        if (!went.isEmpty()) {
            add(removed, place, "no longer has " + went, protects);
        }
    }

    private static String without(Set<String> items, Set<String> others) {
        return items.stream().filter(item -> !others.contains(item)).collect(Collectors.joining(", "));
    }

    /** The items of a list, or the one value, as they are shown. */
    static Set<String> items(@Nullable JsonNode list) {
        Set<String> items = new LinkedHashSet<>();
        if (list != null && list.isArray()) {
            list.forEach(item -> items.add(shown(item)));
        } else if (list != null) {
            items.add(shown(list));
        }
        return items;
    }

    static String shown(@Nullable JsonNode value) {
        String text = value == null ? "" : value.isString() ? value.stringValue() : value.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
