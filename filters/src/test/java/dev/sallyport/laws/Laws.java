package dev.sallyport.laws;

import java.util.SplittableRandom;

/**
 * Tries laws. Each has the same seed in every build, so that a build fails for what was changed and not by chance. To look
 * further: {@code -Dfuzz.seed=random}, and {@code -Dfuzz.tries=} as many as there is time for. A failure names its seed and
 * its try; {@code -Dfuzz.seed=} and {@code -Dfuzz.try=} with them make that one again and no other.
 */
public final class Laws {
    private static final long SEED = seed(System.getProperty("fuzz.seed", "7493"));

    private Laws() {}

    /** What is true of anything that is drawn. */
    @FunctionalInterface
    public interface Law {
        /** Throws if it does not hold. */
        void check(Draws draw) throws Exception;
    }

    /** Fails at the first try in which a law does not hold. */
    public static void holds(int tries, Law law) {
        if (isOneTryOnly()) {
            int number = Integer.getInteger("fuzz.try");
            holds(SEED, number, number, law);
        } else {
            holds(SEED, 1, Integer.getInteger("fuzz.tries", tries), law);
        }
    }

    /** Whether only one try is made, of which nothing can be counted. */
    public static boolean isOneTryOnly() {
        return Integer.getInteger("fuzz.try") != null;
    }

    static void holds(long seed, int first, int last, Law law) {
        for (int number = first; number <= last; number++) {
            try {
                law.check(new Draws(seed, number));
            } catch (Throwable broken) {
                String again = "seed %d, try %d (again: -Dfuzz.seed=%1$d -Dfuzz.try=%2$d)".formatted(seed, number);
                throw new AssertionError(again + ": " + broken, broken);
            }
        }
    }

    private static long seed(String text) {
        return text.equals("random") ? new SplittableRandom().nextInt(Integer.MAX_VALUE) : Long.parseLong(text);
    }
}
