package dev.sallyport.overload;

/**
 * Finds how many calls a provider can work on at a time, from nothing but how long they take. Latency is held against a baseline,
 * which is what calls take where they do not wait for each other:
 *
 * <ul>
 *   <li>Where the limit holds calls back and they take no longer than usual, it grows: by a few calls after a fall, and by more
 *       from window to window.
 *   <li>Where they take longer, it falls to a tenth below the number at which they would not. So under lasting overload it goes up
 *       and down just around what the provider can work on, which shows time and again whether latency follows it ({@link
 *       Elasticity}).
 *   <li>Where it does not, the provider is slower for a reason that fewer calls do not mend: the limit stays, and the baseline
 *       rises to what is usual now.
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

    private static final double LONGER = 1.1;
    private static final double MUCH_LONGER = 1.2;
    private static final double LOST = 0.1;
    private static final double BELOW = 0.9;
    private static final double DEEPEST_CUT = 0.7;
    private static final double DEEPEST_CUT_IN_DOUBT = 0.85;
    private static final double GROWTH = 1.2;
    private static final double HEADROOM = 2;
    private static final double INDEPENDENT = 0.3;
    private static final int WARM_UP = 10;

    private final int least;
    private final int most;
    private final Elasticity elasticity = new Elasticity(6, 4);
    private final LatestMedian latest = new LatestMedian();
    private int windows;
    private double baseline;
    private double used;
    private boolean heldBack;
    private boolean fell;
    private double step = Double.POSITIVE_INFINITY;

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
        double next = window.lost() > LOST * (window.calls() + window.lost()) ? limit * BELOW : fitted(limit, window);
        return Math.max(least, Math.min(most, next));
    }

    private double fitted(double limit, Window window) {
        double recent = latest.with(window.latency());
        double follows = followed(window);
        baseline += weight(limit, window, recent, follows) * (recent - baseline);
        double longer = window.latency() / baseline;
        double longerLately = recent / baseline;
        if (window.limited()) {
            double next = longer > LONGER ? cut(limit, longer, longerLately, follows) : grown(limit);
            fell = next < limit;
            return next;
        }
        return nearUse(limit, window.inFlight(), Math.min(longer, longerLately));
    }

    /** How much latency follows the limit; NaN if that is not known. In the first window that it holds calls back it does not yet. */
    private double followed(Window window) {
        if (!window.limited()) {
            elasticity.forget();
            used = Math.max(window.inFlight(), used * 0.97);
        } else if (heldBack) {
            elasticity.add(window.inFlight(), window.latency());
        }
        heldBack = window.limited();
        return elasticity.value();
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

    /** The limit holds calls back, and they take no longer. */
    private double grown(double limit) {
        double grown = Math.min(limit + step, limit * GROWTH);
        step *= GROWTH;
        return grown;
    }

    /**
     * The limit holds calls back, and they take longer.
     *
     * @param lately the same of the latest windows: a single one that is far out may be an exception
     */
    private double cut(double limit, double longer, double lately, double follows) {
        if (follows < INDEPENDENT) {
            step = Double.POSITIVE_INFINITY;
            return limit;
        }
        if (longer > MUCH_LONGER ? lately < MUCH_LONGER : fell) {
            return limit;
        }
        boolean inDoubt = Double.isNaN(follows);
        step = inDoubt ? step : Math.sqrt(limit) / 4;
        return limit * Math.max(inDoubt ? DEEPEST_CUT_IN_DOUBT : DEEPEST_CUT, BELOW / longer);
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
        return longer < LONGER ? Math.min(headroom, limit * GROWTH) : limit;
    }

    @Override
    public String toString() {
        return "adaptive";
    }
}
