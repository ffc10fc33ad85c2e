package dev.sallyport.json;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * The names of one object's members so far: a bit for each that its schema numbers, a set for all others, since nearly every
 * object has none of those.
 */
public final class RepeatedNames {
    private long bits;
    private @Nullable Set<String> others;

    /**
     * One more, at which the parser is; fails if it came before.
     *
     * @param bit the member's, or 0 if it has none
     */
    public void add(String name, long bit, JsonParser parser) {
        boolean isNew = bit == 0 ? isNew(name) : (bits & bit) == 0;
        if (!isNew) {
            throw StrictJson.duplicate(parser);
        }
        bits |= bit;
    }

    private boolean isNew(String name) {
        if (others == null) {
            others = new HashSet<>();
        }
        return others.add(name);
    }

    /** The bits of those that have one. */
    public long bits() {
        return bits;
    }
}
