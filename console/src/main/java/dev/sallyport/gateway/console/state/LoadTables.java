package dev.sallyport.gateway.console.state;

import dev.sallyport.config.concurrency.ConcurrencySettings;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.gateway.console.history.MeterReading;
import dev.sallyport.gateway.console.page.Shown;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.console.source.ConsoleSources.Done;
import dev.sallyport.gateway.console.source.ConsoleSources.Reload;
import dev.sallyport.gateway.console.state.StatePage.Table;
import dev.sallyport.gateway.generation.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Limits, shedding, the process itself, and reloads. */
final class LoadTables {
    private static final double NANOS = 1e9;

    private LoadTables() {}

    static Table limits(Generation serving, MeterReading meters) {
        RateLimitSettings settings = serving.settings().rateLimits();
        List<List<String>> rows = settings.limits().stream()
                .map(limit -> List.of(
                        limit.name(),
                        limit.key().toString(),
                        limit.permits() + " per " + Shown.duration(limit.per()),
                        Long.toString(limit.burst()),
                        Shown.count(meters.counted("sallyport.rate.limited", "limit", limit.name()))))
                .toList();
        return new Table(
                "Rate limits",
                rows.isEmpty()
                        ? "None is set."
                        : "Counted in the store " + settings.store().name().toLowerCase(Locale.ROOT) + ".",
                List.of("Limit", "By", "Permits", "At once", "Refused since the start"),
                rows);
    }

    static Table shedding(Generation serving, MeterReading meters) {
        ConcurrencySettings settings = serving.settings().concurrency();
        List<List<String>> rows = new ArrayList<>(List.of(
                List.of(
                        "Calls that may be with the provider",
                        Shown.count(meters.gauge("sallyport.concurrency.limit"))),
                List.of("Calls that are with it", Shown.count(meters.gauge("sallyport.concurrency.in.flight"))),
                List.of("Calls that wait for a permit", Shown.count(meters.gauge("sallyport.concurrency.queued")))));
        new TreeMap<>(meters.countedBy("sallyport.shed", "cause"))
                .forEach((cause, count) ->
                        rows.add(List.of("Too many, because of " + cause, Shown.count(count) + " since the start")));
        return new Table(
                "Shedding",
                "concurrency.mode is " + settings.mode().name().toLowerCase(Locale.ROOT) + ".",
                List.of("What", "Now"),
                rows);
    }

    static Table process(ConsoleSources.Instance instance, MeterReading meters) {
        String store = instance.store()
                .address()
                .map(address -> address + (instance.store().isConnected() ? ", connected" : ", not connected"))
                .orElse("none");
        return new Table(
                "The process",
                "",
                List.of("What", "Now"),
                List.of(
                        List.of("Shared store", store),
                        List.of(
                                "Event loop that is furthest behind",
                                Shown.millis(instance.lag().worst() / NANOS)),
                        List.of("Direct memory", Shown.bytes(meters.gauge("sallyport.direct.memory.used"))),
                        List.of("Direct memory at most", Shown.bytes(meters.gauge("sallyport.direct.memory.max"))),
                        List.of("Connections of callers", Shown.count(meters.gauge("sallyport.connections.open"))),
                        List.of("Stopping", instance.draining().getAsBoolean() ? "yes" : "no")));
    }

    static Table reloads(List<Reload> reloads, List<Done> done) {
        return new Table(
                "Reloads",
                reloads.isEmpty() ? "None since the start, or since the console began to look." : "The latest first.",
                List.of("When", "Asked for by", "Result", "Generation", "Taken up", "Waits for a restart", "Problems"),
                reloads.stream()
                        .map(reload -> List.of(
                                Shown.time(reload.at()),
                                who(reload, done),
                                reload.result(),
                                Integer.toString(reload.generation()),
                                String.join(", ", reload.changed()),
                                String.join(", ", reload.needRestart()),
                                String.join(" ", reload.problems())))
                        .toList());
    }

    private static String who(Reload reload, List<Done> done) {
        return done.stream()
                .filter(action ->
                        action.action().equals("reload") && action.at().equals(reload.at()))
                .map(Done::who)
                .findFirst()
                .orElse(reload.by());
    }
}
