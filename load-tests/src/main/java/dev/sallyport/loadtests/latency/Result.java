package dev.sallyport.loadtests.latency;

import dev.sallyport.loadtests.stats.Spread;
import dev.sallyport.loadtests.stats.TextTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The latencies of every round, as tables of medians and as a machine reads them.
 *
 * @param rounds by who answered
 */
record Result(Setting setting, Map<String, List<Latencies>> rounds) {
    /** The upstream, called without a gateway. */
    static final String WITHOUT = "without";

    void write(Path file) {
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(file, this);
    }

    /** Latencies in milliseconds, medians of rounds. */
    String latencies() {
        var table = new TextTable(List.of("ms", "p50", "p99", "p99.9", "most", "calls"));
        rounds.forEach((name, seen) -> table.row(List.of(
                name,
                text("%.2f", median(seen, Latencies::p50)),
                text("%.2f", median(seen, Latencies::p99)),
                text("%.2f", median(seen, Latencies::p999)),
                text("%.2f", seen.stream().mapToDouble(Latencies::most).max().orElseThrow()),
                text("%d", seen.stream().mapToLong(Latencies::calls).sum()))));
        return table.toString();
    }

    /** What each gateway adds to the same percentile without it, in the same round: median, least and most. */
    String added() {
        var table = new TextTable(List.of("added ms", "p50", "", "p99", "", "p99.9", ""));
        rounds.keySet().stream().filter(name -> !name.equals(WITHOUT)).forEach(name -> {
            Spread p50 = added(name, Latencies::p50);
            Spread p99 = added(name, Latencies::p99);
            Spread p999 = added(name, Latencies::p999);
            table.row(List.of(
                    name,
                    text("%.2f", p50.median()),
                    ends(p50),
                    text("%.2f", p99.median()),
                    ends(p99),
                    text("%.2f", p999.median()),
                    ends(p999)));
        });
        return table.toString();
    }

    private Spread added(String name, ToDoubleFunction<Latencies> percentile) {
        List<Latencies> with = rounds.getOrDefault(name, List.of());
        List<Latencies> without = rounds.getOrDefault(WITHOUT, List.of());
        return Spread.of(IntStream.range(0, with.size())
                .mapToObj(round ->
                        percentile.applyAsDouble(with.get(round)) - percentile.applyAsDouble(without.get(round)))
                .toList());
    }

    private static String ends(Spread spread) {
        return text("%.2f–%.2f", spread.least(), spread.most());
    }

    private static double median(List<Latencies> seen, ToDoubleFunction<Latencies> figure) {
        return Spread.of(seen.stream().map(figure::applyAsDouble).toList()).median();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
