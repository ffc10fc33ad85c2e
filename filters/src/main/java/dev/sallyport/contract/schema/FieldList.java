package dev.sallyport.contract.schema;

import dev.sallyport.json.Pointers;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a document that rules look at, each with a slot for its value. Filled while a contract is compiled, then
 * only read. A pointer's steps are member names: an index into an array names nothing.
 */
public final class FieldList {
    private final Map<String, Integer> slots = new LinkedHashMap<>();
    private final Step root = new Step();

    /** One step on the way to a field: what lies below it, and its own slot, or -1. */
    static final class Step {
        private final Map<String, Step> below = new HashMap<>();
        private int slot = -1;

        @Nullable
        Step below(String name) {
            return below.get(name);
        }

        Set<String> names() {
            return below.keySet();
        }

        int slot() {
            return slot;
        }
    }

    /** The slot for a JSON Pointer; a new one if it was not asked for before. */
    public int slot(String pointer) {
        return slots.computeIfAbsent(pointer, this::add);
    }

    public int size() {
        return slots.size();
    }

    public Set<String> pointers() {
        return slots.keySet();
    }

    Iterable<Map.Entry<String, Integer>> entries() {
        return slots.entrySet();
    }

    @Nullable
    Step root() {
        return slots.isEmpty() ? null : root;
    }

    private int add(String pointer) {
        Step step = root;
        for (String name : Pointers.steps(pointer)) {
            step = step.below.computeIfAbsent(name, ignored -> new Step());
        }
        step.slot = slots.size();
        return step.slot;
    }
}
