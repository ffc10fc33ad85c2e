package dev.sallyport.gateway.console.history;

import dev.sallyport.gateway.console.history.Sample.Counted;
import dev.sallyport.gateway.console.history.Totals.Buckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the gateway's own meters. What cannot be read is an error, never a zero that looks like a quiet hour. */
public final class MeterReading {
    /** Meters that are there from the start: without them, there is nothing to be read at all. */
    private static final String ALWAYS_THERE = "sallyport.refusals";

    private final MeterRegistry registry;

    public MeterReading(MeterRegistry registry) {
        this.registry = registry;
    }

    /** All that the history keeps. */
    public Sample sample(Instant at) {
        if (registry.find(ALWAYS_THERE).counter() == null) {
            throw new IllegalStateException("the gateway's meters are not in the registry");
        }
        Map<String, Totals> operations = new HashMap<>();
        for (Timer timer : registry.find("sallyport.calls").timers()) {
            operations.merge(tag(timer, "operation"), totals(timer), Totals::plus);
        }
        return new Sample(at, operations, counters());
    }

    /** A gauge's value; NaN if there is none of that name and label. */
    public double gauge(String name, String... tags) {
        @Nullable Gauge gauge = registry.find(name).tags(tags).gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    /** The sum of the counters of one name. */
    public double counted(String name, String... tags) {
        return registry.find(name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Counters of one name, added up by the value of a label. */
    public Map<String, Double> countedBy(String name, String label) {
        Map<String, Double> sums = new HashMap<>();
        for (Counter counter : registry.find(name).counters()) {
            @Nullable String value = counter.getId().getTag(label);
            sums.merge(value == null ? "" : value, counter.count(), Double::sum);
        }
        return sums;
    }

    private static Totals totals(Timer timer) {
        long count = timer.count();
        String outcome = tag(timer, "outcome");
        String fault = tag(timer, "fault");
        return new Totals(
                count,
                outcome.equals("provider_error") ? count : 0,
                outcome.equals("refused") ? Map.of(tag(timer, "reason"), count) : Map.of(),
                fault.equals("none") ? Map.of() : Map.of(fault, count),
                buckets(timer));
    }

    private static Buckets buckets(Timer timer) {
        CountAtBucket[] counts = timer.takeSnapshot().histogramCounts();
        return new Buckets(
                Arrays.stream(counts).mapToDouble(MeterReading::bound).toArray(),
                Arrays.stream(counts).mapToDouble(CountAtBucket::count).toArray());
    }

    /** In seconds; the last bucket has none. */
    private static double bound(CountAtBucket bucket) {
        return bucket.bucket() >= Long.MAX_VALUE ? Double.POSITIVE_INFINITY : bucket.bucket(TimeUnit.SECONDS);
    }

    private Map<Counted, Double> counters() {
        Map<Counted, Double> counters = new EnumMap<>(Counted.class);
        counters.put(Counted.SHED, counted("sallyport.shed", "mode", "enforce"));
        counters.put(Counted.CONNECTIONS_REFUSED, counted("sallyport.connections.refused"));
        counters.put(Counted.ANSWERS_FAILED, counted("sallyport.answers.failed"));
        counters.put(Counted.ACCEPT_FAILURES, counted("sallyport.accept.failures"));
        counters.put(Counted.RETRIES_WITHOUT_BUDGET, counted("sallyport.retries", "why", "out_of_budget"));
        return counters;
    }

    private static String tag(Timer timer, String label) {
        @Nullable String value = timer.getId().getTag(label);
        return value == null ? "" : value;
    }
}
