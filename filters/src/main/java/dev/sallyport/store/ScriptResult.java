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

    /** A number; an {@link IllegalStateException} if there is something else. */
    public long number(int index) {
        if (values.get(index) instanceof Long number) {
            return number;
        }
        throw new IllegalStateException("the script returned no number at " + index);
    }

    /** Bytes, or null where the script returned nothing; an {@link IllegalStateException} if there is something else. */
    public byte @Nullable [] bytes(int index) {
        @Nullable Object value = values.get(index);
        if (value == null || value instanceof byte[]) {
            return (byte[]) value;
        }
        throw new IllegalStateException("the script returned no bytes at " + index);
    }

    /** Bytes that are text in UTF-8, or null where the script returned nothing. */
    public @Nullable String text(int index) {
        byte @Nullable [] bytes = bytes(index);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ScriptResult(" + values.size() + ")";
    }
}
