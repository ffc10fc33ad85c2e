package dev.sallyport.gateway.management.gauges;

import dev.sallyport.contract.watch.ContractWatches;
import dev.sallyport.contract.watch.DriftWatch;
import dev.sallyport.contract.watch.SafetyCatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the watches of each operation say: read from whatever watch there is, so that nothing of an old one stays. Each scrape
 * is also when a drift watch notes which fields were there since the last one.
 */
public final class WatchGauges {
    private static final String OPERATION = "operation";

    private final MeterRegistry registry;
    private final ContractWatches watches;

    /** No gauges yet. */
    public WatchGauges(MeterRegistry registry, ContractWatches watches) {
        this.registry = registry;
        this.watches = watches;
    }

    /** Gauges of each of these operations, and of no other. */
    public void show(Set<String> operations) {
        remove("sallyport.contract.unseen.fields", operations);
        remove("sallyport.safety.catch", operations);
        for (String operation : operations) {
            show(
                    "sallyport.contract.unseen.fields",
                    "Optional fields that replies once had and have not had for a while",
                    operation,
                    each -> unseen(each, operation));
            show(
                    "sallyport.safety.catch",
                    "1 while a reply schema is only reported because replies suddenly broke it",
                    operation,
                    each -> released(each, operation));
        }
    }

    private void remove(String name, Set<String> operations) {
        registry.find(name).gauges().stream()
                .map(Gauge::getId)
                .filter(id -> !operations.contains(id.getTag(OPERATION)))
                .forEach(registry::remove);
    }

    /** One that is there already stays: to register it again would make the registry warn. */
    private void show(String name, String description, String operation, ToDoubleFunction<ContractWatches> value) {
        if (registry.find(name).tags(OPERATION, operation).gauge() != null) {
            return;
        }
        Gauge.builder(name, watches, value)
                .description(description)
                .tags(OPERATION, operation)
                .register(registry);
    }

    private static double unseen(ContractWatches watches, String operation) {
        return watches.drift(operation).map(DriftWatch::unseen).map(List::size).orElse(0);
    }

    private static double released(ContractWatches watches, String operation) {
        return watches.safetyCatch(operation).filter(SafetyCatch::isReleased).isPresent() ? 1 : 0;
    }
}
