package dev.sallyport.tools.openapi.schema;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.json.Pointers;
import dev.sallyport.tools.openapi.document.JsonCursor;
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
public final class Definitions {
    /** The folder that they stand in. */
    public static final String FOLDER = "definitions";

    private static final String SCHEMAS = "/components/schemas/";

    private final Directions directions;
    private final Map<String, String> files = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Deque<Wanted> wanted = new ArrayDeque<>();

    public Definitions(Directions directions) {
        this.directions = directions;
    }

    /** A file that must be made. */
    public record Wanted(String file, JsonCursor schema, Direction direction) {}

    /** The name of the file for a schema, in one direction. */
    String file(JsonCursor schema, Direction direction) {
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
    public @Nullable Wanted next() {
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
