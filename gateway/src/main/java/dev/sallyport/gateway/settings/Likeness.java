package dev.sallyport.gateway.settings;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody probably meant. */
final class Likeness {
    private static final Comparator<String> SHORTEST = Comparator.comparingInt(String::length);

    private Likeness() {}

    /** The one among the known that ends alike and differs in the fewest letters. */
    static String nearest(String unknown, Collection<String> known) {
        String wanted = lastStep(unknown);
        return known.stream()
                .min(Comparator.<String>comparingInt(
                                candidate -> lastStep(candidate).equals(wanted) ? 0 : 1)
                        .thenComparingInt(candidate -> distance(candidate, unknown))
                        .thenComparing(SHORTEST))
                .orElseThrow();
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
