package dev.sallyport.gateway.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds what somebody probably meant, and rather nothing than something else: a wrong hint costs more than none. */
final class Likeness {
    private static final int MOST_LETTERS = 2;

    private Likeness() {}

    /** The one among the known that was most likely meant: misspelt, given a key of its own, or looked for elsewhere. */
    static Optional<String> nearest(String unknown, Collection<String> known) {
        return known.stream()
                .filter(candidate -> isMisspelt(unknown, candidate))
                .min(Comparator.comparingInt(candidate -> distance(candidate, unknown)))
                .or(() -> only(known, candidate -> unknown.startsWith(candidate + ".")))
                .or(() -> only(known, candidate -> lastStep(candidate).equals(lastStep(unknown))));
    }

    /** Two letters off at most, and less than a third of what does not start alike. */
    private static boolean isMisspelt(String unknown, String candidate) {
        int distance = distance(candidate, unknown);
        return distance <= MOST_LETTERS && 3 * distance < unknown.length() - alike(unknown, candidate);
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

    /** Levenshtein's. */
    static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            row[column] = column;
        }
        for (int index = 0; index < left.length(); index++) {
            row = next(row, left.charAt(index), right);
        }
        return row[right.length()];
    }

    private static int[] next(int[] above, char letter, String right) {
        int[] row = new int[above.length];
        row[0] = above[0] + 1;
        for (int column = 1; column < row.length; column++) {
            int replaced = above[column - 1] + (right.charAt(column - 1) == letter ? 0 : 1);
            row[column] = Math.min(replaced, Math.min(above[column], row[column - 1]) + 1);
        }
        return row;
    }
}
