package dev.sallyport.json;

import java.util.List;
import java.util.stream.Stream;

/** JSON Pointers as text (RFC 6901). */
public final class Pointers {
    private Pointers() {}

    /** One reference token, escaped. */
    public static String escaped(String name) {
        return name.indexOf('~') < 0 && name.indexOf('/') < 0
                ? name
                : name.replace("~", "~0").replace("/", "~1");
    }

    /** The reference tokens of a pointer, unescaped. */
    public static List<String> steps(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        if (pointer.charAt(0) != '/') {
            throw new IllegalArgumentException("a JSON Pointer starts with \"/\": " + pointer);
        }
        return Stream.of(pointer.substring(1).split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }
}
