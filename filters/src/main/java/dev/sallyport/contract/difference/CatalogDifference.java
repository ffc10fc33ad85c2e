package dev.sallyport.contract.difference;

import dev.sallyport.contract.difference.CatalogAspect.Sense;
import dev.sallyport.contract.difference.Difference.Kind;
import dev.sallyport.json.Pointers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** In what two catalogs differ. Both are in order: what stands where is known. */
final class CatalogDifference {
    private static final List<String> QUERIES = List.of("refuse", "ignore", "pass");

    private final Findings found;
    private final Set<String> protecting = new HashSet<>();

    CatalogDifference(Findings found) {
        this.found = found;
    }

    void between(JsonNode before, JsonNode after) {
        protecting(before);
        protecting(after);
        members("", before, after);
    }

    /** The rules that hold a reply or a token against the call. */
    private void protecting(JsonNode catalog) {
        for (JsonNode operation : catalog.path("operations")) {
            operation.at("/rules/identity").forEach(rule -> protecting.add(rule.asString("")));
            operation.at("/session-token/rules").forEach(rule -> protecting.add(rule.asString("")));
        }
    }

    private void members(String at, JsonNode before, JsonNode after) {
        Set<String> names = new TreeSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        for (String name : names) {
            key(at + "/" + Pointers.escaped(name), before.get(name), after.get(name));
        }
    }

    private void key(String at, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (Objects.equals(before, after)) {
            return;
        }
        CatalogAspect aspect = CatalogAspect.at(at);
        boolean protects = aspect.protects() || protecting.contains(rule(at));
        boolean deeper = isObject(before) && isObject(after);
        switch (aspect.sense()) {
            case NOTE -> {}
            case PART -> {
                if (!deeper) {
                    part(at, before, after, protects);
                } else {
                    members(at, Objects.requireNonNull(before), Objects.requireNonNull(after));
                }
            }
            case REFUSALS -> items(at, Kind.TIGHTENED, Kind.LOOSENED, before, after, protects);
            case PERMITS -> items(at, Kind.LOOSENED, Kind.TIGHTENED, before, after, protects);
            default -> {
                if (deeper || isRules(at)) {
                    members(at, orEmpty(before, after), orEmpty(after, before));
                } else {
                    found.value(kind(aspect.sense(), before, after), at, before, after, protects);
                }
            }
        }
    }

    private void items(
            String at,
            Kind added,
            Kind removed,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            boolean protects) {
        found.items(added, removed, at, Findings.items(usual(at, before)), Findings.items(usual(at, after)), protects);
    }

    private static @Nullable JsonNode usual(String at, @Nullable JsonNode list) {
        boolean isStatuses = list == null && at.startsWith("/operations/") && at.endsWith("/statuses");
        return isStatuses
                ? tools.jackson.databind.node.JsonNodeFactory.instance
                        .arrayNode()
                        .add(200)
                : list;
    }

    private void part(String at, @Nullable JsonNode before, @Nullable JsonNode after, boolean protects) {
        JsonNode there = Objects.requireNonNull(after == null ? before : after);
        String words = there.has("path")
                ? Findings.shown(there.get("method")) + " " + Findings.shown(there.get("path"))
                : String.join(", ", there.propertyNames());
        found.add(before == null ? Kind.ADDED : Kind.REMOVED, at, words, protects);
    }

    /** The doors of an operation, which are empty where nothing is said of them. */
    private static boolean isRules(String at) {
        return at.startsWith("/operations/") && at.endsWith("/rules") && at.indexOf('/', 12) == at.length() - 6;
    }

    private static JsonNode orEmpty(@Nullable JsonNode value, @Nullable JsonNode other) {
        return value != null
                ? value
                : ((tools.jackson.databind.node.ObjectNode) Objects.requireNonNull(other)).objectNode();
    }

    private static boolean isObject(@Nullable JsonNode value) {
        return value != null && value.isObject();
    }

    /** The name of the rule that a pointer is about; empty if it is about none. */
    private static String rule(String at) {
        List<String> steps = Pointers.steps(at);
        return steps.size() > 1 && steps.get(0).equals("rules") ? steps.get(1) : "";
    }

    private static Kind kind(Sense sense, @Nullable JsonNode before, @Nullable JsonNode after) {
        return switch (sense) {
            case GUARD -> before == null ? Kind.TIGHTENED : after == null ? Kind.LOOSENED : Kind.CHANGED;
            case MOST ->
                before == null || after == null
                        ? Kind.CHANGED
                        : direction(after.decimalValue().compareTo(before.decimalValue()));
            case LONGEST ->
                before == null || after == null
                        ? Kind.CHANGED
                        : direction(duration(after).compareTo(duration(before)));
            case QUERY -> direction(Integer.compare(query(after), query(before)));
            default -> Kind.CHANGED;
        };
    }

    private static Kind direction(int difference) {
        return difference > 0 ? Kind.LOOSENED : difference < 0 ? Kind.TIGHTENED : Kind.CHANGED;
    }

    private static Duration duration(JsonNode text) {
        return Duration.parse(text.asString());
    }

    private static int query(@Nullable JsonNode said) {
        return said == null ? 0 : QUERIES.indexOf(said.asString("").toLowerCase(java.util.Locale.ROOT));
    }
}
