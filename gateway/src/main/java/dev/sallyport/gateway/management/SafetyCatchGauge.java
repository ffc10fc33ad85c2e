package dev.sallyport.gateway.management;

import dev.sallyport.contract.ContractWatches;
import dev.sallyport.contract.SafetyCatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Whether an operation's reply schema is let go of: read from whatever catch there is, so that nothing of an old one stays. */
final class SafetyCatchGauge {
    private SafetyCatchGauge() {}

    /** The gauge of one operation; one that is there already stays. */
    static void bind(MeterRegistry registry, ContractWatches watches, String operation) {
        Gauge.builder("sallyport.safety.catch", watches, each -> released(each, operation))
                .description("1 while a reply schema is only reported because replies suddenly broke it")
                .tags("operation", operation)
                .register(registry);
    }

    private static double released(ContractWatches watches, String operation) {
        return watches.safetyCatch(operation).filter(SafetyCatch::isReleased).isPresent() ? 1 : 0;
    }
}
