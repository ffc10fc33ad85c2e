package dev.sallyport.gateway.management.meters;

import dev.sallyport.resilience.AttemptResult;
import dev.sallyport.resilience.RetryEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Attempts by what became of them, and retries, made and not made, by operation. Thread-safe. */
public final class RetryMeters implements RetryEvents {
    private final MeterRegistry registry;
    private final Map<String, Map<AttemptResult, Counter>> attempts = new ConcurrentHashMap<>();

    /** Counters in a registry, made when they are first needed. */
    public RetryMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void attempted(String operation, AttemptResult result) {
        @Nullable Map<AttemptResult, Counter> known = attempts.get(operation);
        Map<AttemptResult, Counter> own =
                known == null ? attempts.computeIfAbsent(operation, first -> new ConcurrentHashMap<>()) : known;
        @Nullable Counter counter = own.get(result);
        (counter == null ? own.computeIfAbsent(result, first -> attempts(operation, result)) : counter).increment();
    }

    private Counter attempts(String operation, AttemptResult result) {
        return Counter.builder("sallyport.attempts")
                .description("Attempts at calls, by what became of them")
                .tags("operation", operation, "result", result.label())
                .register(registry);
    }

    @Override
    public void retried(String operation, AttemptResult why) {
        count(operation, why.label());
    }

    @Override
    public void outOfBudget(String operation) {
        count(operation, "out_of_budget");
    }

    @Override
    public void outOfTime(String operation) {
        count(operation, "out_of_time");
    }

    @Override
    public void doneBefore(String operation) {
        count(operation, "done_before");
    }

    private void count(String operation, String why) {
        Counter.builder("sallyport.retries")
                .description("Retries, made and not made")
                .tags("operation", operation, "why", why)
                .register(registry)
                .increment();
    }
}
