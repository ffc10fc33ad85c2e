package dev.sallyport.overload;

/**
 * How a stretch of time went.
 *
 * @param lost how many calls ended without an answer
 * @param inFlight calls in flight on average
 * @param limited whether a call found no free permit
 */
public record Window(Answered answered, long lost, double inFlight, boolean limited) {
    /**
     * Calls that were answered.
     *
     * @param calls how many
     * @param latency how long they took on average, in nanoseconds
     * @param deviation their standard deviation
     */
    public record Answered(long calls, double latency, double deviation) {
        /** From sums of their times and of the squares of these. */
        static Answered of(long calls, double times, double squares) {
            double latency = times / Math.max(1, calls);
            return new Answered(
                    calls, latency, Math.sqrt(Math.max(0, squares / Math.max(1, calls) - latency * latency)));
        }
    }

    public long calls() {
        return answered.calls();
    }

    public double latency() {
        return answered.latency();
    }

    /** How far the latency may be from that of many more such calls, as a part of it: one standard error. */
    double uncertainty() {
        return answered.deviation() / answered.latency() / Math.sqrt((double) answered.calls());
    }
}
