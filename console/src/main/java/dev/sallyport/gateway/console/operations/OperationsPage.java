package dev.sallyport.gateway.console.operations;

import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.contract.watch.SafetyCatch;
import dev.sallyport.gateway.console.history.History;
import dev.sallyport.gateway.console.history.History.Window;
import dev.sallyport.gateway.console.history.MeterReading;
import dev.sallyport.gateway.console.history.Totals;
import dev.sallyport.gateway.console.page.Shown;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.generation.Generation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is told of the operations.
 *
 * @param window how long the rates look back
 * @param all of all operations together
 */
public record OperationsPage(String window, Row all, List<Row> rows) {
    /** Rates and shares look back as far. */
    private static final Duration LATELY = Duration.ofMinutes(5);

    /**
     * An operation.
     *
     * @param sparkline points of a line of calls a second, over the last hour; empty before there are two
     */
    public record Row(String operation, Numbers numbers, Doors doors, String sparkline) {}

    /**
     * Of its calls lately.
     *
     * @param refusals by reason, the most frequent first
     */
    public record Numbers(
            String rate,
            String refused,
            String providerErrors,
            String p50,
            String p99,
            String inFlight,
            String refusals) {}

    /** What stands at its doors. */
    public record Doors(String request, String reply, String safetyCatch) {
        static final Doors NONE = new Doors("", "", "");
    }

    /** As it is now. */
    public static OperationsPage of(ConsoleSources sources, History history, MeterReading meters) {
        Optional<Window> lately = history.window(LATELY);
        Generation serving = sources.contracts().serving().get();
        Set<String> operations = new TreeSet<>(serving.pack().catalog().contracts().stream()
                .map(contract -> contract.operation().id())
                .toList());
        history.last().ifPresent(sample -> operations.addAll(sample.operations().keySet()));
        var series = new Series(history.samples());
        List<Row> rows = operations.stream()
                .map(id -> new Row(
                        id,
                        numbers(
                                lately,
                                lately.map(window -> window.of(id)),
                                meters.gauge("sallyport.calls.in.flight", "operation", id)),
                        doors(id, sources, serving),
                        Shown.sparkline(series.rates(id))))
                .toList();
        double inFlight = meters.gauge("sallyport.requests.in.flight");
        var all = new Row(
                "all", numbers(lately, lately.map(Window::all), inFlight), Doors.NONE, Shown.sparkline(series.rates()));
        return new OperationsPage(
                lately.map(window -> Shown.duration(Duration.ofMillis((long) (window.seconds() * 1000))))
                        .orElse("no time yet"),
                all,
                rows);
    }

    private static Numbers numbers(Optional<Window> window, Optional<Totals> counted, double inFlight) {
        Totals calls = counted.orElse(Totals.NONE);
        double seconds = window.map(Window::seconds).orElse(Double.NaN);
        return new Numbers(
                Shown.rate(calls.calls() / seconds),
                Shown.share(calls.refused(), calls.calls()),
                Shown.share(calls.providerErrors(), calls.calls()),
                Shown.millis(calls.latencies().quantile(0.5)),
                Shown.millis(calls.latencies().quantile(0.99)),
                Shown.count(inFlight),
                reasons(calls.refusals()));
    }

    private static String reasons(Map<String, Long> refusals) {
        return refusals.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Doors doors(String id, ConsoleSources sources, Generation serving) {
        if (serving.pack().catalog().contract(id).isEmpty()) {
            return Doors.NONE;
        }
        ContractSettings modes = serving.settings().contracts();
        String held = sources.contracts()
                .observers()
                .watches()
                .safetyCatch(id)
                .map(OperationsPage::shown)
                .orElse("none");
        return new Doors(
                modes.request(id) + until(id, "request", sources), modes.reply(id) + until(id, "reply", sources), held);
    }

    private static String until(String id, String door, ConsoleSources sources) {
        return sources.contracts().actions().temporary().get().stream()
                .filter(mode ->
                        mode.operation().equals(id) && mode.change().door().equals(door))
                .findFirst()
                .map(mode -> " until " + Shown.time(mode.until()) + ", then "
                        + mode.change().from())
                .orElse("");
    }

    private static String shown(SafetyCatch safetyCatch) {
        return safetyCatch.isReleased() ? "released for another " + safetyCatch.secondsLeft() + " s" : "holds";
    }
}
