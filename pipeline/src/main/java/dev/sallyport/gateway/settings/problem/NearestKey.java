package dev.sallyport.gateway.settings.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds what was probably meant, and rather nothing than something else: a wrong hint costs more than none. Counts letters by
 * hand: picocli keeps its own measure to itself, and a library would be a dependency for these two methods.
 */
public final class NearestKey {
    private static final int MOST_LETTERS = 2;

    private NearestKey() {}

    /** The one among the known that was most likely meant: misspelt, given a key of its own, or looked for elsewhere. */
    public static Optional<String> nearest(String unknown, Collection<String> known) {
        return misspelt(unknown, known.stream())
                .or(() -> only(known, candidate -> unknown.startsWith(candidate + ".")))
                .or(() -> only(known, candidate -> lastStep(candidate).equals(lastStep(unknown))));
    }

    /** The one among the known that is most likely misspelt in the unknown. */
    public static Optional<String> misspelt(String unknown, Stream<String> known) {
        return known.filter(candidate -> isMisspelt(unknown, candidate))
                .min(Comparator.comparingInt(candidate -> distance(candidate, unknown)));
    }

    /** Two letters off at most, and less than a third of what does not start alike. */
    private static boolean isMisspelt(String unknown, String candidate) {
        if (Math.abs(unknown.length() - candidate.length()) > MOST_LETTERS) {
            return false;
        }
        int distance = distance(candidate, unknown);
        int longest = Math.max(unknown.length(), candidate.length());
        return distance <= MOST_LETTERS && 3 * distance < longest - alike(unknown, candidate);
    }

    /** How much of two keys is the same, in whole steps of a key or words of a variable. */
    private static int alike(String left, String right) {
        int steps = 0;
        for (int index = 0; index < Math.min(left.length(), right.length()); index++) {
            if (left.charAt(index) != right.charAt(index)) {
                break;
            }
            steps = left.charAt(index) == '.' || left.charAt(index) == '_' ? index + 1 : steps;
        }
        return steps;
    }

    private static Optional<String> only(Collection<String> known, Predicate<String> meant) {
        List<String> found = known.stream().filter(meant).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static String lastStep(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** Letters to add, drop, replace, or swap with the next one. */
    static int distance(String left, String right) {
        int[][] rows = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                rows[row][column] = row == 0 || column == 0 ? row + column : step(rows, row, column, left, right);
            }
        }
        return rows[left.length()][right.length()];
    }

    private static int step(int[][] rows, int row, int column, String left, String right) {
        boolean same = left.charAt(row - 1) == right.charAt(column - 1);
        int least = Math.min(rows[row - 1][column], rows[row][column - 1]) + 1;
        least = Math.min(least, rows[row - 1][column - 1] + (same ? 0 : 1));
        boolean swapped = row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        return swapped ? Math.min(least, rows[row - 2][column - 2] + 1) : least;
    }
}
