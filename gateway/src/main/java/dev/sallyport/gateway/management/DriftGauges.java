package dev.sallyport.gateway.management;

import dev.sallyport.contract.ContractWatches;
import dev.sallyport.contract.DriftWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/**
 * How many optional fields an operation's replies no longer have. Each scrape is also when a watch notes which fields were
 * there since the last one.
 */
public final class DriftGauges implements MeterBinder {
    private final ContractWatches watches;
    private final List<String> operations;

    /** Gauges for these operations. */
    public DriftGauges(ContractWatches watches, List<String> operations) {
        this.watches = watches;
        this.operations = List.copyOf(operations);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String operation : operations) {
            Gauge.builder("sallyport.contract.unseen.fields", watches, each -> count(each, operation))
                    .description("Optional fields that replies once had and have not had for a while")
                    .tags("operation", operation)
                    .register(registry);
        }
    }

    private static double count(ContractWatches watches, String operation) {
        return watches.drift(operation).map(DriftWatch::unseen).map(List::size).orElse(0);
    }
}
