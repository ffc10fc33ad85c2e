package dev.sallyport.gateway.console.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One reading of the meters.
 *
 * @param operations what each operation had counted, by its id
 * @param counters what else had been counted, by name
 */
public record Sample(Instant at, Map<String, Totals> operations, Map<Counted, Double> counters) {
    /** Counters that tell of trouble when they grow. */
    public enum Counted {
        SHED,
        CONNECTIONS_REFUSED,
        ANSWERS_FAILED,
        ACCEPT_FAILURES,
        RETRIES_WITHOUT_BUDGET
    }

    public Sample {
        operations = Map.copyOf(operations);
        counters = Map.copyOf(counters);
    }

    /** Of one operation. */
    public Totals of(String operation) {
        return operations.getOrDefault(operation, Totals.NONE);
    }

    /** Of all operations together. */
    public Totals all() {
        return operations.values().stream().reduce(Totals.NONE, Totals::plus);
    }

    /** How much a counter grew since an earlier reading. */
    public double grown(Counted name, Sample earlier) {
        return counters.getOrDefault(name, 0.0) - earlier.counters.getOrDefault(name, 0.0);
    }

    /** The time since an earlier reading, in seconds; never zero. */
    public double secondsSince(Sample earlier) {
        return Math.max(0.001, Duration.between(earlier.at, at).toMillis() / 1000.0);
    }
}
