package dev.sallyport.sandbox.server;

import dev.sallyport.sandbox.operation.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the table.
 *
 * @param template a path in which a segment in braces stands for any value
 */
record Route(String method, String template, Access access, Operation operation) {
    /** Tells whether a request here carries a JSON body. */
    boolean takesJson() {
        return method.equals("POST") && access != Access.EVERY_CALLER;
    }

    /** Returns the values of the placeholders if the path fits. */
    Optional<Map<String, String>> match(String path) {
        List<String> wanted = List.of(template.split("/", -1));
        List<String> given = List.of(path.split("/", -1));
        if (wanted.size() != given.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String segment = wanted.get(i);
            if (segment.startsWith("{")) {
                values.put(segment.substring(1, segment.length() - 1), given.get(i));
            } else if (!segment.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
