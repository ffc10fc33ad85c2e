package dev.sallyport.gateway.management.meters;

import dev.sallyport.idempotency.IdempotencyEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Calls with an {@code Idempotency-Key}: what they met, and how those ended that were made. Thread-safe. */
public final class IdempotencyMeters implements IdempotencyEvents {
    private final MeterRegistry registry;

    /** Counters in a registry, made when they are first needed. */
    public IdempotencyMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void met(String operation, Met met) {
        Counter.builder("sallyport.idempotency")
                .description("Calls with an Idempotency-Key, by what they met")
                .tags("operation", operation, "result", met.label())
                .register(registry)
                .increment();
    }

    @Override
    public void ended(String operation, Ended ended) {
        Counter.builder("sallyport.idempotency.ended")
                .description("Calls that had claimed their Idempotency-Key, by what is remembered of them")
                .tags("operation", operation, "result", ended.label())
                .register(registry)
                .increment();
    }
}
