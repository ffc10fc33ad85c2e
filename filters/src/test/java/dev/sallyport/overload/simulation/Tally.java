package dev.sallyport.overload.simulation;

import dev.sallyport.config.concurrency.Priority;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** What became of the calls of a stretch of time. */
final class Tally {
    static final String HEAD = String.format(
            Locale.ROOT,
            "%-32s %8s %5s %6s | shed: %4s %6s %5s | %6s %6s %6s ms | in line: %4s %4s | limit: %5s %5s %5s",
            "",
            "calls",
            "good",
            "late",
            "low",
            "normal",
            "high",
            "p50",
            "p90",
            "p99",
            "p90",
            "p99",
            "least",
            "most",
            "last");

    private final int[] offered = new int[Priority.values().length];
    private final int[] shed = new int[Priority.values().length];
    private double[] times = new double[1024];
    private double[] inLine = new double[1024];
    private int answered;
    private int late;
    private double possible;
    private int least = Integer.MAX_VALUE;
    private int most;
    private int last;

    void offered(Priority priority) {
        offered[priority.rank()]++;
    }

    void shed(Priority priority) {
        shed[priority.rank()]++;
    }

    /** @param waited the part of them that it waited for a permit */
    void answered(double seconds, double waited) {
        if (answered == times.length) {
            times = Arrays.copyOf(times, 2 * answered);
            inLine = Arrays.copyOf(inLine, 2 * answered);
        }
        times[answered] = seconds;
        inLine[answered++] = waited;
    }

    /** It was not answered before its deadline. */
    void late() {
        late++;
    }

    /**
     * A glance from time to time.
     *
     * @param more calls that could have been answered since the one before
     */
    void saw(int limit, double more) {
        least = Math.min(least, limit);
        most = Math.max(most, limit);
        last = limit;
        possible += more;
    }

    /** A row below {@link #HEAD}: {@code good} is the share of the calls that could have been answered at all. */
    String row(String name) {
        return String.format(
                Locale.ROOT,
                "%-32s %8d %4.0f%% %6d |       %3.0f%% %5.0f%% %4.0f%% | %6.0f %6.0f %6.0f    |          %4.0f %4.0f |        %5d %5d %5d",
                name,
                IntStream.of(offered).sum(),
                possible == 0 ? 0 : Math.min(100, 100 * answered / possible),
                late,
                share(Priority.LOW),
                share(Priority.NORMAL),
                share(Priority.HIGH),
                quantile(times, 0.5),
                quantile(times, 0.9),
                quantile(times, 0.99),
                quantile(inLine, 0.9),
                quantile(inLine, 0.99),
                least,
                most,
                last);
    }

    private double share(Priority priority) {
        return 100.0 * shed[priority.rank()] / Math.max(1, offered[priority.rank()]);
    }

    private double quantile(double[] values, double share) {
        if (answered == 0) {
            return 0;
        }
        double[] sorted = Arrays.copyOf(values, answered);
        Arrays.sort(sorted);
        return 1000 * sorted[(int) (share * (answered - 1))];
    }
}
