package dev.sallyport.overload;

/** The median of the latest three values: a single one that is far out does not count. Not thread-safe. */
final class LatestMedian {
    private double before;
    private double last;
    private int known;

    /** The median with one more. */
    double with(double value) {
        double median = known < 2 ? value : Math.max(Math.min(before, last), Math.min(Math.max(before, last), value));
        before = last;
        last = value;
        known = Math.min(2, known + 1);
        return median;
    }
}
