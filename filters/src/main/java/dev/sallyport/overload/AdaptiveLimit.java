package dev.sallyport.overload;

import org.jspecify.annotations.Nullable;

/**
 * Finds how many calls a provider can work on at a time, from nothing but how long they take. Latency is held against a baseline,
 * which is what calls take where they do not wait for each other; the number at which they begin to is the knee.
 *
 * <ul>
 *   <li>Where the limit holds calls back and they take longer, it falls to nine tenths of the knee, and rests there: those that are let
 *       through take no longer than under normal load.
 *   <li>After a rest it grows until they take longer again, by a few calls and by more from window to window. This finds a knee that
 *       has moved; and one that was taken for too high, since they take less then where the limit rests.
 *   <li>Where they take as long after a fall as before it, the provider is slower for a reason that fewer calls do not mend: the fall is
 *       undone, and what they take now is the baseline.
 *   <li>Where the limit holds no call back, it is kept near what is used, so that a flood does not find it wide open.
 * </ul>
 *
 * Calls that end without an answer tell no latency; many of them take a tenth off the limit. See {@code docs/adr/0031}. Not thread-safe.
 */
public final class AdaptiveLimit implements LimitRule {
    /** What the limit begins with, and does not shrink below for want of use. */
    private static final int START = 50;

    /** The part of the knee at which the limit rests. */
    private static final double UTILISATION = 0.9;

    /** The number of windows for which it does. */
    private static final int REST = 30;

    /** By so much more, calls take longer. */
    private static final double LONGER = 0.05;

    /** So many standard errors are not taken for chance. */
    private static final double STANDARD_ERRORS = 3;

    /** Times the baseline, at which the limit falls though it holds no call back. */
    private static final double MUCH_LONGER = 1.2;

    /** The part of the calls that may end without an answer before the limit falls, and what it falls to. */
    private static final double MOST_LOST = 0.1;

    private static final double FALL_FOR_LOST = 0.9;
    private static final double DEEPEST_FIRST_FALL = 0.7;
    private static final double GROWTH = 1.2;

    /** Times what is used. */
    private static final double HEADROOM = 2;

    /** Where latency follows the number of calls by less, fewer of them do not help; by more, they waited for each other. */
    private static final double INDEPENDENT = 0.4;

    private static final double ALL_WAIT = 0.7;

    /** A change of the number of calls that is nearer to zero tells nothing; a logarithm. */
    private static final double LEAST_CHANGE = -0.05;

    private static final int WARM_UP = 10;

    private final int least;
    private final int most;
    private final LatestMedian latest = new LatestMedian();
    private int windows;
    private double baseline;
    private double used;
    private boolean mixed = true;
    private int rest;
    private double step = Double.POSITIVE_INFINITY;
    private @Nullable Fall fall;

    /** The limit was lowered, and from what. */
    private record Fall(double limit, Window window) {
        /** How much latency follows the number of calls: 0 for not at all, 1 if all that more of them do is wait; NaN if not known. */
        double followedBy(Window now) {
            double fewer = Math.log(now.inFlight() / window.inFlight());
            return fewer > LEAST_CHANGE ? Double.NaN : Math.log(now.latency() / window.latency()) / fewer;
        }
    }

    /**
     * Nothing known yet.
     *
     * @param least the lowest limit
     * @param most the highest
     */
    public AdaptiveLimit(int least, int most) {
        this.least = least;
        this.most = most;
    }

    /** The limit to begin with. */
    public int first() {
        return Math.max(least, Math.min(most, START));
    }

    @Override
    public double next(double limit, Window window) {
        double next = window.lost() > MOST_LOST * (window.calls() + window.lost())
                ? limit * FALL_FOR_LOST
                : fitted(limit, window);
        return Math.max(least, Math.min(most, next));
    }

    private double fitted(double limit, Window window) {
        double recent = latest.with(window.latency());
        if (!window.limited()) {
            mixed = true;
            fall = null;
            learn(recent, windows < WARM_UP ? 1.0 / (windows + 1) : recent < baseline ? 0.2 : 0.05);
            used = Math.max(window.inFlight(), used * 0.97);
            return nearUse(limit, window.inFlight(), Math.min(window.latency(), recent) / baseline);
        }
        if (mixed) { // half of its calls are from before the limit fell, or began to hold calls back
            mixed = false;
            learn(recent, windows == 0 ? 1 : 0);
            return limit;
        }
        double tolerated = 1 + Math.max(LONGER, STANDARD_ERRORS * window.uncertainty());
        double longer = window.latency() / baseline;
        if (longer > tolerated) { // a single window may be an exception
            return recent > tolerated * baseline ? tooMany(limit, window) : limit;
        }
        Fall before = fall;
        if (before != null && longer * tolerated < 1 && before.followedBy(window) > ALL_WAIT) {
            baseline = window.latency(); // they waited for each other in what was taken for usual, and may still do
            return lowered(limit, limit * UTILISATION, window);
        }
        if (before == null && Math.max(window.latency(), recent) * tolerated < baseline) {
            baseline = window.latency();
            return released(limit);
        }
        fall = null;
        learn(recent, rest > 0 || recent < baseline ? 0.1 : 0);
        return rest-- > 0 ? limit : grown(limit);
    }

    private void learn(double latency, double weight) {
        windows = Math.min(windows + 1, WARM_UP);
        baseline += weight * (latency - baseline);
    }

    /** Calls take no longer. */
    private double grown(double limit) {
        double grown = Math.min(limit + step, limit * GROWTH);
        step *= GROWTH;
        return grown;
    }

    /** Calls take longer. */
    private double tooMany(double limit, Window window) {
        if (limit <= least) { // whether that helps cannot be tried
            learn(window.latency(), 0.3);
            return limit;
        }
        Fall before = fall;
        if (before != null && before.followedBy(window) < INDEPENDENT) {
            baseline = window.latency();
            return released(before.limit());
        }
        double atTheKnee = limit * baseline / window.latency();
        double deepest = before == null ? limit * DEEPEST_FIRST_FALL : 0;
        return lowered(limit, Math.max(deepest, atTheKnee * UTILISATION), window);
    }

    private double lowered(double limit, double to, Window window) {
        fall = new Fall(limit, window);
        mixed = true;
        rest = REST;
        step = Math.sqrt(limit) / 4;
        return to;
    }

    /** What was learned of small steps is forgotten. */
    private double released(double limit) {
        fall = null;
        mixed = true;
        rest = 0;
        step = Double.POSITIVE_INFINITY;
        return limit;
    }

    /** The limit holds no call back. */
    private double nearUse(double limit, double inFlight, double longer) {
        if (longer > MUCH_LONGER) {
            return Math.min(limit, Math.max(inFlight, limit / 2));
        }
        double headroom = Math.max(first(), used * HEADROOM);
        if (limit > headroom) {
            return Math.max(headroom, limit * 0.95);
        }
        return longer < 1 + 2 * LONGER ? Math.min(headroom, limit * GROWTH) : limit;
    }

    @Override
    public String toString() {
        return "adaptive";
    }
}
