package dev.sallyport.gateway.management.meters;

import dev.sallyport.resilience.RetryEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Retries, made and not made, by operation. Thread-safe. */
public final class RetryMeters implements RetryEvents {
    private final MeterRegistry registry;

    /** Counters in a registry, made when they are first needed. */
    public RetryMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void retried(String operation) {
        count(operation, "unreachable");
    }

    @Override
    public void outOfBudget(String operation) {
        count(operation, "out_of_budget");
    }

    private void count(String operation, String why) {
        Counter.builder("sallyport.retries")
                .description("Retries, made and not made")
                .tags("operation", operation, "why", why)
                .register(registry)
                .increment();
    }
}
