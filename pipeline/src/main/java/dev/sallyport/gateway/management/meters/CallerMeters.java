package dev.sallyport.gateway.management.meters;

import dev.sallyport.caller.CallerEvents;
import dev.sallyport.caller.Denial;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Callers as meters, by their names in the settings: nothing that a caller writes is a label. Thread-safe. */
public final class CallerMeters implements CallerEvents {
    /** In place of the name of a caller who was not proven; no name has such a character. */
    private static final String NONE = "(none)";

    private final MeterRegistry registry;
    private final ConcurrentMap<Proven, Counter> proven = new ConcurrentHashMap<>();

    private record Proven(String caller, Means by) {}

    /** Counters in a registry, made when they are first needed. */
    public CallerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void proven(String caller, Means by) {
        proven.computeIfAbsent(new Proven(caller, by), this::provenCounter).increment();
    }

    private Counter provenCounter(Proven what) {
        return Counter.builder("sallyport.callers.proven")
                .description("Calls that go on, by caller and by what proved it")
                .tags("caller", what.caller(), "by", what.by().label())
                .register(registry);
    }

    @Override
    public void refused(@Nullable String caller, Denial why) {
        Counter.builder("sallyport.callers.refused")
                .description("Calls that were refused for their caller's sake, by caller and reason")
                .tags("caller", caller == null ? NONE : caller, "why", why.label())
                .register(registry)
                .increment();
    }

    @Override
    public void slowedDown() {
        Counter.builder("sallyport.callers.slowed.down")
                .description("Refusals that waited, of addresses that failed again and again")
                .register(registry)
                .increment();
    }
}
