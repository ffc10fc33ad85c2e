package dev.sallyport.gateway.management;

import dev.sallyport.gateway.management.Reloads.Report;
import dev.sallyport.gateway.management.Reloads.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Reloads as meters: how many, and whether what is on disk is what serves calls. Thread-safe. */
public final class ReloadMeters {
    private final Map<Result, Counter> reloads = new EnumMap<>(Result.class);
    private final AtomicInteger accepted = new AtomicInteger(1);

    /** Meters in a registry. */
    public ReloadMeters(MeterRegistry registry) {
        for (Result result : Result.values()) {
            Counter counter = Counter.builder("sallyport.reloads")
                    .description("Reloads of settings and contracts, by result")
                    .tags("result", result.name().toLowerCase(Locale.ROOT))
                    .register(registry);
            reloads.put(result, counter);
        }
        Gauge.builder("sallyport.reload.last.successful", accepted, AtomicInteger::get)
                .description(
                        "0 after a reload that was refused: settings or contracts on disk are not those that serve")
                .register(registry);
    }

    /** Counts a reload. */
    public void reloaded(Report report) {
        Objects.requireNonNull(reloads.get(report.result())).increment();
        accepted.set(report.result() == Result.REFUSED ? 0 : 1);
    }
}
