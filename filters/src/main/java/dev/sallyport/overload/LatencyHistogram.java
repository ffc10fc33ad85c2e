package dev.sallyport.overload;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Times, counted in steps of three per cent, from a microsecond to two minutes: what a percentile needs, without keeping them.
 * Counting takes one atomic addition; a time that is counted while others are taken out is in one of both. Thread-safe.
 */
final class LatencyHistogram {
    private static final int SHIFT = 10;
    private static final int BITS = 5;
    private static final int STEPS = 1 << BITS;
    private static final int OCTAVES = 27;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(OCTAVES * STEPS);

    /** Counts a time. */
    void add(long nanos) {
        counts.getAndIncrement(step(Math.max(0, nanos) >> SHIFT));
    }

    /** Takes all times out, and tells a quantile of them, in nanoseconds; 0 if there was none. */
    double drain(double quantile) {
        int[] drained = new int[counts.length()];
        long all = 0;
        for (int step = 0; step < drained.length; step++) {
            drained[step] = counts.get(step) == 0 ? 0 : counts.getAndSet(step, 0);
            all += drained[step];
        }
        return quantile(drained, all * quantile);
    }

    private static double quantile(int[] counted, double rank) {
        double left = rank;
        for (int step = 0; step < counted.length; step++) {
            if (counted[step] > 0 && counted[step] >= left) {
                double within = left / counted[step];
                return lower(step) + (lower(step + 1) - lower(step)) * within;
            }
            left -= counted[step];
        }
        return 0;
    }

    private static int step(long micros) {
        int octave = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(micros) - BITS - 1);
        return (int) Math.min((long) OCTAVES * STEPS - 1, (long) octave * STEPS + (micros >> octave));
    }

    private static double lower(int step) {
        int octave = Math.max(0, step / STEPS - 1);
        return (double) ((long) (step - octave * STEPS) << (octave + SHIFT));
    }
}
