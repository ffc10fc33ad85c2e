package dev.sallyport.gateway.console.operations;

import dev.sallyport.gateway.console.history.Sample;
import dev.sallyport.gateway.console.history.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The last hour as numbers at equal distances, for lines. */
public final class Series {
    /** As many points as a line of some hundred pixels can show. */
    private static final int MOST = 120;

    private final List<Sample> samples;

    /** Over readings, the oldest first. */
    public Series(List<Sample> samples) {
        this.samples = thinned(samples);
    }

    private static List<Sample> thinned(List<Sample> all) {
        int step = Math.max(1, (all.size() + MOST - 1) / MOST);
        List<Sample> some = new ArrayList<>();
        for (int at = (all.size() - 1) % step; at >= 0 && at < all.size(); at += step) {
            some.add(all.get(at));
        }
        return some;
    }

    /** Calls a second of one operation. */
    public double[] rates(String operation) {
        return between(sample -> sample.of(operation), Totals::calls);
    }

    /** Calls a second of all. */
    public double[] rates() {
        return between(Sample::all, Totals::calls);
    }

    private double[] between(Function<Sample, Totals> part, ToDoubleFunction<Totals> value) {
        double[] values = new double[Math.max(0, samples.size() - 1)];
        for (int at = 0; at < values.length; at++) {
            Sample earlier = samples.get(at);
            Sample later = samples.get(at + 1);
            Totals grown = part.apply(later).since(part.apply(earlier));
            values[at] = value.applyAsDouble(grown) / later.secondsSince(earlier);
        }
        return values;
    }

    /**
     * The lines of the charts.
     *
     * @param at seconds since 1970
     * @param calls calls a second
     * @param refused refusals a second
     * @param p50 milliseconds; NaN where there were no calls
     * @param p99 likewise
     */
    public record Charts(List<Long> at, List<Double> calls, List<Double> refused, List<Double> p50, List<Double> p99) {}

    /** Of all operations together. */
    public Charts charts() {
        List<Long> at = new ArrayList<>();
        List<Double> calls = new ArrayList<>();
        List<Double> refused = new ArrayList<>();
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        for (int one = 1; one < samples.size(); one++) {
            Sample earlier = samples.get(one - 1);
            Sample later = samples.get(one);
            Totals grown = later.all().since(earlier.all());
            double seconds = later.secondsSince(earlier);
            at.add(later.at().getEpochSecond());
            calls.add(grown.calls() / seconds);
            refused.add(grown.refused() / seconds);
            p50.add(1000 * grown.latencies().quantile(0.5));
            p99.add(1000 * grown.latencies().quantile(0.99));
        }
        return new Charts(at, calls, refused, p50, p99);
    }

    /** As JSON: an array of the lines, the times first. */
    public String json() {
        Charts charts = charts();
        return "[" + charts.at() + "," + numbers(charts.calls()) + "," + numbers(charts.refused()) + ","
                + numbers(charts.p50()) + "," + numbers(charts.p99()) + "]";
    }

    private static String numbers(List<Double> values) {
        return values.stream()
                .map(value -> value.isNaN() ? "null" : String.format(java.util.Locale.ROOT, "%.3f", value))
                .toList()
                .toString();
    }
}
