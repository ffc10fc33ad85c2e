package dev.sallyport.overload;

/**
 * Finds how many calls a provider can work on at a time, from nothing but how long they take. Latency of late, the median of
 * three windows, is held against a baseline, which is what calls take where they do not wait for each other:
 *
 * <ul>
 *   <li>Where the limit holds calls back and they take no longer than usual, it grows; the more surely, the faster.
 *   <li>Where they take a little longer, it falls by a step. So under lasting overload it goes up and down around what the
 *       provider can work on, which shows time and again whether latency follows it ({@link Elasticity}).
 *   <li>Where they take much longer, it falls to the number at which they would not, unless latency does not follow the limit:
 *       then the provider is slower for a reason that fewer calls do not mend, and the baseline rises to what is usual now.
 *   <li>Where the limit holds no call back, it is kept near what is used, so that a flood does not find it wide open.
 * </ul>
 *
 * The baseline does not rise while latency follows the limit, or while it is not known whether it does: this is what keeps the
 * limit from growing for ever under modest overload. Calls that end without an answer tell no latency; many of them take a tenth
 * off the limit. See {@code docs/adr/0031}. Not thread-safe.
 */
public final class AdaptiveLimit implements LimitRule {
    /** What the limit begins with, and does not shrink below for want of use. */
    private static final int START = 50;

    private static final double USUAL = 1.05;
    private static final double A_LITTLE = 1.1;
    private static final double MUCH = 1.2;
    private static final double LOST = 0.1;
    private static final double DEEPEST_CUT = 0.7;
    private static final double CUT_IN_DOUBT = 0.85;
    private static final double GROWTH = 1.2;
    private static final double HEADROOM = 2;
    private static final double INDEPENDENT = 0.3;
    private static final double DEPENDENT = 0.5;
    private static final int WARM_UP = 10;

    private final int least;
    private final int most;
    private final Elasticity elasticity = new Elasticity(6, 4);
    private final LatestMedian latest = new LatestMedian();
    private int windows;
    private double baseline;
    private double used;

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
        double next =
                window.lost() > LOST * (window.calls() + window.lost()) ? limit * (1 - LOST) : fitted(limit, window);
        return Math.max(least, Math.min(most, next));
    }

    private double fitted(double limit, Window window) {
        double recent = latest.with(window.latency());
        if (window.limited()) {
            elasticity.add(window.inFlight(), window.latency());
        } else {
            elasticity.forget();
            used = Math.max(window.inFlight(), used * 0.97);
        }
        double follows = elasticity.value();
        baseline += weight(limit, window, recent, follows) * (recent - baseline);
        double slower = recent / baseline;
        double slowerAtOnce = window.latency() / baseline;
        if (Math.min(slower, slowerAtOnce) > MUCH) {
            return window.limited()
                    ? cut(limit, window.inFlight() / slowerAtOnce, follows)
                    : Math.min(limit, Math.max(window.inFlight(), limit / 2));
        }
        return window.limited() ? stepped(limit, slower, follows) : nearUse(limit, slower);
    }

    /**
     * How much of the latest latency the baseline takes on.
     *
     * @param follows how much latency follows the limit; NaN if that is not known
     */
    private double weight(double limit, Window window, double recent, double follows) {
        windows = Math.min(windows + 1, WARM_UP + 1);
        if (windows == 1) {
            return 1;
        }
        if (recent < baseline) {
            return windows <= WARM_UP ? 1.0 / windows : 0.2;
        }
        if (!window.limited()) {
            return windows <= WARM_UP ? 1.0 / windows : 0.05;
        }
        return follows < INDEPENDENT || limit <= least ? 0.3 : 0;
    }

    /**
     * Calls take much longer.
     *
     * @param inTime how many could be in flight without taking longer, if all of the latency came from their number
     */
    private static double cut(double limit, double inTime, double follows) {
        if (Double.isNaN(follows)) {
            return limit * CUT_IN_DOUBT;
        }
        return follows > INDEPENDENT ? Math.max(limit * DEEPEST_CUT, Math.min(limit, inTime * A_LITTLE)) : limit;
    }

    /** The limit holds calls back. */
    private static double stepped(double limit, double slower, double follows) {
        double step = Math.sqrt(limit);
        if (slower < USUAL && !(follows > DEPENDENT)) {
            return limit * GROWTH;
        }
        return slower < A_LITTLE ? limit + step : limit - step;
    }

    /** The limit holds no call back. */
    private double nearUse(double limit, double slower) {
        double headroom = Math.max(first(), used * HEADROOM);
        if (limit > headroom) {
            return Math.max(headroom, limit * 0.95);
        }
        return slower < A_LITTLE ? Math.min(headroom, limit * GROWTH) : limit;
    }

    @Override
    public String toString() {
        return "adaptive";
    }
}
