package dev.sallyport.gateway.console.violations;

import dev.sallyport.gateway.console.page.Shown;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be shown, as the address of the page says it; empty is everything.
 *
 * @param kind {@code violation}, {@code drift} or {@code unseen}
 * @param door {@code request} or {@code reply}
 * @param text part of a pointer or a rule, in whatever case
 */
public record ViolationFilter(String operation, String kind, String door, String text) {
    private static final int LONGEST = 200;

    /** Of a URL's query. What is too long to be meant is left out. */
    public static ViolationFilter of(Map<String, String> query) {
        return new ViolationFilter(
                part(query, "operation"), part(query, "kind"), part(query, "door"), part(query, "text"));
    }

    private static String part(Map<String, String> query, String name) {
        String value = query.getOrDefault(name, "").strip();
        return value.length() > LONGEST ? "" : value;
    }

    boolean admits(ViolationsPage.Row row) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return (operation.isEmpty() || operation.equals(row.operation()))
                && (kind.isEmpty() || kind.equals(row.kind()))
                && (door.isEmpty() || door.equals(row.door()))
                && Stream.of(row.pointer(), row.rule())
                        .anyMatch(part -> part.toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** As a URL's query; empty if everything is shown. */
    public String query() {
        String parts = Stream.of(
                        Map.entry("operation", operation),
                        Map.entry("kind", kind),
                        Map.entry("door", door),
                        Map.entry("text", text))
                .filter(part -> !part.getValue().isEmpty())
                .map(part -> part.getKey() + "=" + Shown.encoded(part.getValue()))
                .collect(Collectors.joining("&"));
        return parts.isEmpty() ? "" : "?" + parts;
    }
}
