package dev.sallyport.gateway.console.home;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers since when each condition has been there without a break, also while the page is not looked at. Thread-safe. */
public final class Onsets {
    private final Map<String, Instant> begun = new HashMap<>();

    /** The conditions of a moment, each with its beginning; those that are gone are forgotten. */
    public synchronized List<Condition> noted(List<Condition> conditions, Instant now) {
        begun.keySet().retainAll(conditions.stream().map(Condition::key).toList());
        return conditions.stream()
                .map(condition -> condition.since().isPresent()
                        ? condition
                        : condition.since(begun.computeIfAbsent(condition.key(), fresh -> now)))
                .toList();
    }
}
