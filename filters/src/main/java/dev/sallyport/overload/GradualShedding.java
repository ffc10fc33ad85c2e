package dev.sallyport.overload;

import dev.sallyport.config.concurrency.Priority;

/**
 * Which calls are refused as pressure rises: in its first third a growing share of those of low priority, in the second all of
 * these and a growing share of the normal ones, in the last also of those of high priority.
 */
public final class GradualShedding {
    private static final int STEPS = Priority.values().length;

    private GradualShedding() {}

    /**
     * Whether a call is refused.
     *
     * @param pressure 0 for none, 1 for as much as there may be
     * @param draw at random from 0 to 1, exclusive
     */
    public static boolean sheds(double pressure, Priority priority, double draw) {
        return pressure * STEPS - priority.rank() > draw;
    }
}
