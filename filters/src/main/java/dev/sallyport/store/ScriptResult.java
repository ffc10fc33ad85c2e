package dev.sallyport.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list that a script returned: numbers, bytes, and nothing. Its bytes may be secrets, and are not printed. */
public final class ScriptResult {
    private final List<@Nullable Object> values;

    /**
     * What came back.
     *
     * @param values each a {@link Long}, a {@code byte[]} or null
     */
    public ScriptResult(List<? extends @Nullable Object> values) {
        this.values = Collections.unmodifiableList(new ArrayList<@Nullable Object>(values));
    }

    public int size() {
        return values.size();
    }

    /** A number; a {@link StoreFailure} if there is something else. */
    public long number(int index) {
        if (value(index) instanceof Long number) {
            return number;
        }
        throw StoreFailure.of("no number at " + index);
    }

    /** Bytes, or null where the script returned nothing; a {@link StoreFailure} if there is something else. */
    public byte @Nullable [] bytes(int index) {
        @Nullable Object value = value(index);
        if (value == null || value instanceof byte[]) {
            return (byte[]) value;
        }
        throw StoreFailure.of("no bytes at " + index);
    }

    /** Bytes that are text in UTF-8; a {@link StoreFailure} if there is something else, or nothing. */
    public String text(int index) {
        byte @Nullable [] bytes = bytes(index);
        if (bytes == null) {
            throw StoreFailure.of("no text at " + index);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** What a script left out at the end is nothing. */
    private @Nullable Object value(int index) {
        return index < values.size() ? values.get(index) : null;
    }

    @Override
    public String toString() {
        return "ScriptResult(" + values.size() + ")";
    }
}
