package dev.sallyport.gateway.management.meters;

import static dev.sallyport.contract.watch.ContractLedger.MOST_PLACES;
import static dev.sallyport.contract.watch.ContractLedger.OTHER_PLACES;

import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.watch.CardinalityLimit;
import dev.sallyport.rejection.Violation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broken contracts, drift and safety catches as counters, of a bounded number of places. Thread-safe. */
public final class ContractMeters implements ContractEvents {
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.calls");

    private final MeterRegistry registry;
    private final ConcurrentMap<ViolationKey, Counter> violations = new ConcurrentHashMap<>();
    private final ConcurrentMap<DriftKey, Counter> drifts = new ConcurrentHashMap<>();
    private final CardinalityLimit places = new CardinalityLimit(MOST_PLACES);

    private record DriftKey(String operation, Drift drift, String pointer) {
        DriftKey other() {
            return new DriftKey(operation, drift, OTHER_PLACES);
        }
    }

    private record ViolationKey(
            String operation, Direction direction, String keyword, String pointer, boolean refused) {
        ViolationKey other() {
            return new ViolationKey(operation, direction, OTHER_PLACES, OTHER_PLACES, refused);
        }
    }

    /** Counters in a registry, each made with the first thing that it counts. */
    public ContractMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void broken(Operation operation, Direction direction, List<Violation> broken, boolean refused) {
        for (Violation violation : broken) {
            var key = new ViolationKey(
                    operation.id(), direction, violation.keyword(), violation.contractPointer(), refused);
            places.in(violations, key, ViolationKey::other, this::violationCounter)
                    .increment();
        }
    }

    private Counter violationCounter(ViolationKey key) {
        return Counter.builder("sallyport.contract.violations")
                .description("Places where a document departed from its contract, by pointer into the contract")
                .tags("operation", key.operation())
                .tags("direction", key.direction().name().toLowerCase(Locale.ROOT))
                .tags("keyword", key.keyword(), "pointer", key.pointer())
                .tags("mode", key.refused() ? "enforce" : "report")
                .register(registry);
    }

    @Override
    public void drifted(Operation operation, Drift drift, String pointer) {
        var key = new DriftKey(operation.id(), drift, pointer);
        places.in(drifts, key, DriftKey::other, this::driftCounter).increment();
    }

    private Counter driftCounter(DriftKey key) {
        return Counter.builder("sallyport.contract.drift")
                .description("What the provider sends beside its contract, by pointer into the contract")
                .tags("operation", key.operation(), "pointer", key.pointer())
                .tags("kind", key.drift().name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public void safetyCatch(Operation operation, boolean released) {
        if (released) {
            Counter.builder("sallyport.safety.catch.releases")
                    .description("Reply schemas gone over to report")
                    .tags("operation", operation.id())
                    .register(registry)
                    .increment();
            LOG.atWarn()
                    .addKeyValue("operation", operation.id())
                    .log("The provider's replies suddenly break their schema: it is only reported for a while");
        } else {
            LOG.atInfo().addKeyValue("operation", operation.id()).log("The reply schema is enforced again");
        }
    }
}
