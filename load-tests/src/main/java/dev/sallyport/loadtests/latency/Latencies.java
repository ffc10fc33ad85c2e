package dev.sallyport.loadtests.latency;

import org.HdrHistogram.Histogram;

/**
 * One round's latencies, in milliseconds.
 *
 * @param calls how many
 */
record Latencies(double p50, double p99, double p999, double most, long calls) {
    private static final double NANOS = 1e6;

    static Latencies of(Histogram nanos) {
        return new Latencies(
                nanos.getValueAtPercentile(50) / NANOS,
                nanos.getValueAtPercentile(99) / NANOS,
                nanos.getValueAtPercentile(99.9) / NANOS,
                nanos.getMaxValue() / NANOS,
                nanos.getTotalCount());
    }
}
