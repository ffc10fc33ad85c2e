package dev.sallyport.gateway.management.meters;

import dev.sallyport.ratelimit.RateLimitEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Calls that a limit refused, by the limit's name. Thread-safe. */
public final class RateLimitMeters implements RateLimitEvents {
    private final MeterRegistry registry;

    /** Counters in a registry, made when they are first needed. */
    public RateLimitMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void limited(String limit) {
        Counter.builder("sallyport.rate.limited")
                .description("Calls that a limit refused")
                .tags("limit", limit)
                .register(registry)
                .increment();
    }
}
