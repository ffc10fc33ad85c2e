package dev.sallyport.contract.schema;

import dev.sallyport.json.Pointers;
import dev.sallyport.rejection.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way from the root of a document to where a walk is, and what was found wrong along it. Written as a pointer only then. */
final class WayDown {
    private @Nullable List<Violation> violations;
    private Object[] steps = new Object[16];
    private int depth;

    List<Violation> violations() {
        return violations == null ? List.of() : violations;
    }

    /** Into a member or an item. */
    void down(Object step) {
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, depth * 2);
        }
        steps[depth++] = step;
    }

    /** To another member or item beside it. */
    void at(Object step) {
        steps[depth - 1] = step;
    }

    void up() {
        depth--;
    }

    void violation(SchemaNode schema, String keyword, String message) {
        if (violations == null) {
            violations = new ArrayList<>();
        }
        if (violations.size() < SchemaCheck.MOST_VIOLATIONS) {
            violations.add(new Violation(pointer(), keyword, schema.place + "/" + keyword, message, null));
        }
    }

    /** The pointer of another member of the object that the walk is in. */
    String sibling(String name) {
        Object here = steps[depth - 1];
        at(name);
        String pointer = pointer();
        at(here);
        return pointer;
    }

    private String pointer() {
        var pointer = new StringBuilder();
        for (int step = 0; step < depth; step++) {
            pointer.append('/').append(Pointers.escaped(steps[step].toString()));
        }
        return pointer.toString();
    }
}
