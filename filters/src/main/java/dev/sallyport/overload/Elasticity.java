package dev.sallyport.overload;

/**
 * How much the latency follows the limit, from the latest windows in which the limit held calls back: the slope of latency over
 * calls in flight, as a share of their means. 0: more calls take no longer each, so that there is capacity left; 1: they take
 * longer by as much as there are more of them, so that all they do is wait. Not thread-safe.
 */
final class Elasticity {
    /** Less variation than this says nothing: a twentieth of the mean, squared. */
    private static final double LEAST_VARIATION = 0.05 * 0.05;

    private final double[] inFlight;
    private final double[] latency;
    private final int least;
    private int size;
    private int next;

    /**
     * Nothing known yet.
     *
     * @param windows how many are remembered
     * @param least how many are needed
     */
    Elasticity(int windows, int least) {
        this.inFlight = new double[windows];
        this.latency = new double[windows];
        this.least = least;
    }

    /** A window in which the limit held calls back. */
    void add(double calls, double time) {
        inFlight[next] = calls;
        latency[next] = time;
        next = (next + 1) % inFlight.length;
        size = Math.min(size + 1, inFlight.length);
    }

    /** Those before say nothing any more. */
    void forget() {
        size = 0;
        next = 0;
    }

    /** NaN if it is not known. */
    double value() {
        if (size < least) {
            return Double.NaN;
        }
        double calls = mean(inFlight);
        double time = mean(latency);
        double together = 0;
        double variation = 0;
        for (int index = 0; index < size; index++) {
            double away = inFlight[index] - calls;
            together += away * (latency[index] - time);
            variation += away * away;
        }
        return variation < LEAST_VARIATION * calls * calls * size ? Double.NaN : together / variation * calls / time;
    }

    private double mean(double[] values) {
        double sum = 0;
        for (int index = 0; index < size; index++) {
            sum += values[index];
        }
        return sum / size;
    }
}
