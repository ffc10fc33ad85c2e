package dev.sallyport.loadtests.stats;

import java.util.Arrays;
import java.util.Collection;

/** The median of some figures, and how far they lie apart. */
public record Spread(double median, double lowerQuartile, double upperQuartile, double least, double most) {
    /** Of at least one figure. */
    public static Spread of(Collection<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("there is no median of nothing");
        }
        return new Spread(at(sorted, 0.5), at(sorted, 0.25), at(sorted, 0.75), sorted[0], sorted[sorted.length - 1]);
    }

    /** Between two figures, as far on as the share says. */
    private static double at(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        double below = sorted[(int) Math.floor(place)];
        double above = sorted[(int) Math.ceil(place)];
        return below + (above - below) * (place - Math.floor(place));
    }

    /** Of the quotients of figures that belong together, one pair a round: what changes for both alike is not in it. */
    public static Spread ofRatios(double[] these, double[] toThose) {
        if (these.length != toThose.length) {
            throw new IllegalArgumentException("rounds without a partner");
        }
        Double[] ratios = new Double[these.length];
        Arrays.setAll(ratios, round -> these[round] / toThose[round]);
        return of(Arrays.asList(ratios));
    }
}
