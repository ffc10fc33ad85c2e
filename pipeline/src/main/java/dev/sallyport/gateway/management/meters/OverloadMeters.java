package dev.sallyport.gateway.management.meters;

import dev.sallyport.config.concurrency.Priority;
import dev.sallyport.overload.ConcurrencyLimiter;
import dev.sallyport.overload.OverloadEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Calls that are too many, by priority and cause, there from the start; and what the limit is, over every reload. Thread-safe. */
public final class OverloadMeters implements OverloadEvents {
    private final MeterRegistry registry;
    private final Map<Priority, Map<Cause, Counter>> refused;
    private final Map<Priority, Map<Cause, Counter>> reported;
    private volatile Optional<ConcurrencyLimiter> limiter = Optional.empty();

    /** Counters and gauges in a registry. */
    public OverloadMeters(MeterRegistry registry) {
        this.registry = registry;
        this.refused = counters("enforce");
        this.reported = counters("report");
        gauge("limit", "Calls that may be with the provider at a time", ConcurrencyLimiter::limit);
        gauge("in.flight", "Calls that are with the provider", ConcurrencyLimiter::inFlight);
        gauge("queued", "Calls that wait for their turn with the provider", ConcurrencyLimiter::queued);
    }

    /** Gauges are those of this limit from now on; zero if there is none. */
    public void show(Optional<ConcurrencyLimiter> now) {
        limiter = now;
    }

    private Map<Priority, Map<Cause, Counter>> counters(String mode) {
        Map<Priority, Map<Cause, Counter>> counters = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
            Map<Cause, Counter> causes = new EnumMap<>(Cause.class);
            for (Cause cause : Cause.values()) {
                causes.put(cause, counter(priority, cause, mode));
            }
            counters.put(priority, causes);
        }
        return counters;
    }

    private Counter counter(Priority priority, Cause cause, String mode) {
        return Counter.builder("sallyport.shed")
                .description("Calls that were too many")
                .tags("priority", label(priority), "cause", label(cause), "mode", mode)
                .register(registry);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void gauge(String name, String description, ToIntFunction<ConcurrencyLimiter> value) {
        Gauge.builder(
                        "sallyport.concurrency." + name,
                        this,
                        meters -> meters.limiter.map(value::applyAsInt).orElse(0))
                .description(description)
                .register(registry);
    }

    @Override
    public void shed(Priority priority, Cause cause, boolean isRefused) {
        var counters = isRefused ? refused : reported;
        Objects.requireNonNull(Objects.requireNonNull(counters.get(priority)).get(cause))
                .increment();
    }
}
