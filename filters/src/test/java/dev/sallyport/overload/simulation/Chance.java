package dev.sallyport.overload.simulation;

import java.util.SplittableRandom;

/** Chance that is the same in every run, on every machine. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** From 0 to 1, exclusive. */
    double uniform() {
        return random.nextDouble();
    }

    /** The time to the next of events that come by themselves, so many a second. */
    double gap(double rate) {
        return -StrictMath.log(1 - uniform()) / rate;
    }

    /** How much longer than on average a piece of work takes: a log-normal distribution whose mean is 1, the wider the more. */
    double spread(double width) {
        double normal = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform())) * StrictMath.cos(2 * Math.PI * uniform());
        return StrictMath.exp(width * normal - width * width / 2);
    }
}
