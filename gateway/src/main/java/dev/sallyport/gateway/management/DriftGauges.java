package dev.sallyport.gateway.management;

import dev.sallyport.contract.ContractWatches;
import dev.sallyport.contract.DriftWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;

/**
 * How many optional fields an operation's replies no longer have. Each scrape is also when a watch notes which fields were
 * there since the last one.
 */
public final class DriftGauges {
    private static final String NAME = "sallyport.contract.unseen.fields";
    private static final String OPERATION = "operation";

    private final MeterRegistry registry;
    private final ContractWatches watches;

    /** No gauges yet. */
    public DriftGauges(MeterRegistry registry, ContractWatches watches) {
        this.registry = registry;
        this.watches = watches;
    }

    /** One gauge for each of these operations, and for no other. */
    public void show(Set<String> operations) {
        registry.find(NAME).gauges().stream()
                .map(Gauge::getId)
                .filter(id -> !operations.contains(id.getTag(OPERATION)))
                .forEach(registry::remove);
        for (String operation : operations) {
            Gauge.builder(NAME, watches, each -> count(each, operation))
                    .description("Optional fields that replies once had and have not had for a while")
                    .tags(OPERATION, operation)
                    .register(registry);
        }
    }

    private static double count(ContractWatches watches, String operation) {
        return watches.drift(operation).map(DriftWatch::unseen).map(List::size).orElse(0);
    }
}
