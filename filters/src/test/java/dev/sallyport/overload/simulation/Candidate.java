package dev.sallyport.overload.simulation;

import dev.sallyport.overload.AdaptiveLimit;
import dev.sallyport.overload.LimitRule;
import dev.sallyport.overload.Window;
import java.util.function.Supplier;

/** The rules that are compared. */
@SuppressWarnings("ImmutableEnumChecker") // its functions keep nothing
enum Candidate {
    FIXED("fixed", Candidate.MOST, () -> (limit, window) -> limit),
    AIMD("AIMD", Candidate.FIRST, () -> Candidate::addedOrCut),
    VEGAS("Vegas-like", Candidate.FIRST, Vegas::new),
    GRADIENT2("Gradient2-like", Candidate.FIRST, Gradient2::new),
    ADAPTIVE("adaptive", Candidate.FIRST, () -> new AdaptiveLimit(Candidate.LEAST, Candidate.MOST));

    private static final int LEAST = 10;
    private static final int FIRST = 50;
    private static final int MOST = 500;
    private static final double TOLERATED_NANOS = 0.4e9;

    private final String shown;
    private final int first;
    private final Supplier<LimitRule> made;

    Candidate(String shown, int first, Supplier<LimitRule> made) {
        this.shown = shown;
        this.first = first;
        this.made = made;
    }

    int first() {
        return first;
    }

    LimitRule rule() {
        return made.get();
    }

    private static double within(double limit) {
        return Math.max(LEAST, Math.min(MOST, limit));
    }

    /** One more while the limit holds calls back, a tenth off while they take longer than a time that an operator has to know. */
    private static double addedOrCut(double limit, Window window) {
        if (window.lost() > 0 || window.latency() > TOLERATED_NANOS) {
            return within(limit * 0.9);
        }
        return within(window.limited() ? limit + 1 : limit);
    }

    /** Keeps the calls that wait at the provider, as told from the shortest latency ever seen, between two bounds. */
    private static final class Vegas implements LimitRule {
        private double shortest = Double.MAX_VALUE;

        @Override
        public double next(double limit, Window window) {
            if (window.calls() == 0) {
                return within(limit * 0.9);
            }
            shortest = Math.min(shortest, window.latency());
            double waiting = limit * (1 - shortest / window.latency());
            double step = Math.max(1, StrictMath.log10(limit));
            if (waiting > 6 * step) {
                return within(limit - step);
            }
            return within(waiting < 3 * step && window.inFlight() > limit / 2 ? limit + step : limit);
        }
    }

    /** Multiplies the limit by long-term latency over that of the window, one and a half times of which is fine, and adds a few. */
    private static final class Gradient2 implements LimitRule {
        private static final double WEIGHT = 2.0 / 601;

        private double longTerm;

        @Override
        public double next(double limit, Window window) {
            if (window.calls() == 0) {
                return within(limit * 0.9);
            }
            longTerm = longTerm == 0 ? window.latency() : longTerm + WEIGHT * (window.latency() - longTerm);
            if (longTerm > 2 * window.latency()) {
                longTerm *= 0.95;
            }
            if (window.inFlight() < limit / 2) {
                return limit;
            }
            double gradient = Math.max(0.5, Math.min(1, 1.5 * longTerm / window.latency()));
            return within(limit * 0.8 + (limit * gradient + 4) * 0.2);
        }
    }

    @Override
    public String toString() {
        return shown;
    }
}
