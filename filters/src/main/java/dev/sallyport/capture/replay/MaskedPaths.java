package dev.sallyport.capture.replay;

import dev.sallyport.capture.Mask;
import dev.sallyport.capture.Mask.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a document was masked, by JSON Pointer: values, and names of members. Filled by {@link Placeholders}. */
final class MaskedPaths {
    private final Map<String, Mask> values = new LinkedHashMap<>();
    private final Map<String, List<Mask>> names = new HashMap<>();
    private final Set<String> unlike = new HashSet<>();

    void value(String pointer, Mask mask) {
        values.put(pointer, mask);
    }

    void name(String objectPointer, Mask mask) {
        names.computeIfAbsent(objectPointer, ignored -> new ArrayList<>()).add(mask);
    }

    /** The stand-in at a pointer has not as many members or items as were counted. */
    void unlike(String pointer) {
        unlike.add(pointer);
    }

    boolean isUnlike(String pointer) {
        return unlike.contains(pointer);
    }

    /** The mask of the value at a pointer, or null. */
    @Nullable
    Mask value(String pointer) {
        return values.get(pointer);
    }

    /** Masked names in the object at a pointer. */
    List<Mask> names(String objectPointer) {
        return names.getOrDefault(objectPointer, List.of());
    }

    Map<String, List<Mask>> names() {
        return names;
    }

    /** Whether something is masked at a pointer or below it. */
    boolean anyWithin(String pointer) {
        return values.keySet().stream().anyMatch(masked -> isWithin(masked, pointer))
                || names.keySet().stream().anyMatch(masked -> isWithin(masked, pointer));
    }

    /** Whether a pointer leads into an object or array of which only the size is known. */
    boolean isInside(String pointer) {
        for (String above = parent(pointer); ; above = parent(above)) {
            Mask mask = values.get(above);
            if (mask != null && (mask.kind() == Kind.OBJECT || mask.kind() == Kind.ARRAY)) {
                return true;
            }
            if (above.isEmpty()) {
                return false;
            }
        }
    }

    private static boolean isWithin(String pointer, String above) {
        return pointer.startsWith(above)
                && (pointer.length() == above.length() || pointer.charAt(above.length()) == '/');
    }

    /** The pointer without its last step; the whole document is its own. */
    static String parent(String pointer) {
        int slash = pointer.lastIndexOf('/');
        return slash < 0 ? "" : pointer.substring(0, slash);
    }

    /** The last step of a pointer, unescaped. */
    static String lastStep(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }

    static String below(String pointer, String step) {
        return pointer + "/" + step.replace("~", "~0").replace("/", "~1");
    }
}
