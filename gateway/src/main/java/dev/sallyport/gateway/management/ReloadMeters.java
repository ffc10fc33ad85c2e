package dev.sallyport.gateway.management;

import dev.sallyport.gateway.management.Reloads.Report;
import dev.sallyport.gateway.management.Reloads.Result;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Reloads as meters: how many, and whether what is on disk is what serves calls. Thread-safe. */
public final class ReloadMeters {
    private final MeterRegistry registry;
    private final AtomicInteger accepted = new AtomicInteger(1);

    /** Meters in a registry. */
    public ReloadMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Result result : Result.values()) {
            registry.counter("sallyport.reloads", "result", label(result));
        }
        Gauge.builder("sallyport.reload.last.successful", accepted, AtomicInteger::get)
                .description(
                        "0 after a reload that was refused: settings or contracts on disk are not those that serve")
                .register(registry);
    }

    /** Counts a reload. */
    public void reloaded(Report report) {
        registry.counter("sallyport.reloads", "result", label(report.result())).increment();
        accepted.set(report.result() == Result.REFUSED ? 0 : 1);
    }

    private static String label(Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }
}
