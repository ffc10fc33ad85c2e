package dev.sallyport.tools.openapi.schema;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names of a pack's operations. An {@code operationId} is kept as it is, as far as a folder can have that name; without
 * one the name is the path and the method. The same document gives the same names.
 */
public final class OperationNames {
    private static final int LONGEST = 100;

    private final Set<String> taken = new HashSet<>(Set.of(Definitions.FOLDER, "catalog.yml", "notes.md"));

    /** The name of an operation; not given a second time. */
    public String name(String operationId, String method, String path) {
        String own = safe(operationId);
        String name = !operationId.isBlank() && isFree(own) ? own : fromPath(method, path);
        String candidate = name;
        for (int number = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); number++) {
            candidate = name + "-" + number;
        }
        return candidate;
    }

    private boolean isFree(String name) {
        return !taken.contains(name.toLowerCase(Locale.ROOT));
    }

    /** {@code GET /v1/users/{id}} becomes {@code v1.users.id.get}. */
    private static String fromPath(String method, String path) {
        String way = safe(path.replaceAll("[{}]", "").replaceAll("/+", "."));
        return (way + "." + method.toLowerCase(Locale.ROOT)).replaceAll("^\\.+", "");
    }

    /** Letters, digits, and {@code . _ -} inside, and no more of them than any file system takes; for folders and files. */
    public static String safe(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("-+", "-");
        String bare = plain.replaceAll("^[.-]+", "");
        String name = bare.substring(0, Math.min(bare.length(), LONGEST)).replaceAll("[.-]+$", "");
        return name.isEmpty() ? "unnamed" : name;
    }
}
