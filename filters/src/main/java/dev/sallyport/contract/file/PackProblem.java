package dev.sallyport.contract.file;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong in a contract pack; stops the start. The message has a line for each: the file, the place in it, and what,
 * without a control character.
 */
public final class PackProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** The first mistake often makes many. */
    private static final int MOST_TOLD = 50;

    private final transient List<String> lines;

    public PackProblem(String file, String place, String message) {
        this(List.of((place.isEmpty() ? file : file + " at " + place) + ": " + message), null);
    }

    /** A file, or the folder, that cannot be read: of all problems the only one that may pass without a change of the pack. */
    PackProblem(String file, IOException unreadable) {
        this(List.of(file + ": cannot be read: " + FileFailure.words(unreadable)), unreadable);
    }

    /** Several at once. */
    PackProblem(List<String> lines, @Nullable Throwable cause) {
        super(told(lines), cause);
        this.lines = List.copyOf(lines);
    }

    private static String told(List<String> found) {
        List<String> lines = found.stream().map(Printable::of).toList();
        int more = lines.size() - MOST_TOLD;
        return more <= 0
                ? String.join("\n", lines)
                : String.join("\n", lines.subList(0, MOST_TOLD)) + "\nand " + more + " more";
    }

    /** Every one of them. */
    List<String> lines() {
        return lines;
    }
}
