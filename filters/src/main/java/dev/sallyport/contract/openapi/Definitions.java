package dev.sallyport.contract.openapi;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Pointers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that references name: each becomes one file, or two if it is not the same in requests and in replies. Files are
 * asked for while schemas are converted, and taken off one by one until none is left.
 */
final class Definitions {
    /** The folder that they stand in. */
    static final String FOLDER = "definitions";

    private static final String SCHEMAS = "/components/schemas/";

    private final Directions directions;
    private final Map<String, String> files = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Deque<Wanted> wanted = new ArrayDeque<>();

    Definitions(Directions directions) {
        this.directions = directions;
    }

    /** A file that must be made. */
    record Wanted(String file, Spot schema, Direction direction) {}

    /** The name of the file for a schema, in one direction. */
    String file(Spot schema, Direction direction) {
        String suffix = directions.differ(schema) ? "." + direction.name().toLowerCase(Locale.ROOT) : "";
        @Nullable String known = files.get(schema.pointer() + suffix);
        if (known != null) {
            return known;
        }
        String file = free(name(schema.pointer()) + suffix) + ".schema.json";
        files.put(schema.pointer() + suffix, file);
        wanted.add(new Wanted(file, schema, direction));
        return file;
    }

    /** The next file that must be made; null if none is left. */
    @Nullable
    Wanted next() {
        return wanted.poll();
    }

    /** A file system may not tell upper from lower case. */
    private String free(String name) {
        String candidate = name;
        for (int number = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); number++) {
            candidate = name + "-" + number;
        }
        return candidate;
    }

    private static String name(String pointer) {
        String way = pointer.startsWith(SCHEMAS) ? pointer.substring(SCHEMAS.length()) : pointer;
        List<String> steps = Pointers.steps(way.startsWith("/") ? way : "/" + way);
        return OperationNames.safe(String.join("-", steps));
    }
}
