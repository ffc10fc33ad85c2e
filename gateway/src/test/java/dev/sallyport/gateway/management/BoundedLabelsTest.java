package dev.sallyport.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.ContractEvents.Drift;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.contract.watch.ContractLedger;
import dev.sallyport.gateway.management.meters.ContractMeters;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Violation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BoundedLabelsTest {
    private static final Operation OPERATION = PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32))
            .contract("sessions.migrate")
            .orElseThrow()
            .operation();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ContractMeters events = new ContractMeters(registry);

    @Test
    void contracts_that_come_and_go_leave_a_bounded_number_of_counters() {
        int fromTheStart = registry.getMeters().size();

        for (int place = 0; place < ContractLedger.MOST_PLACES; place++) {
            String pointer = "s.json#/properties/p" + place;
            events.broken(OPERATION, Direction.REPLY, List.of(violation(pointer)), true);
            events.drifted(OPERATION, Drift.UNKNOWN_FIELD, pointer);
        }

        assertThat(registry.getMeters()).hasSize(fromTheStart + ContractLedger.MOST_PLACES + 2);
        assertThat(counted("sallyport.contract.violations")).isEqualTo(ContractLedger.MOST_PLACES / 2.0);
        assertThat(counted("sallyport.contract.drift")).isEqualTo(ContractLedger.MOST_PLACES / 2.0);
    }

    private double counted(String metric) {
        return registry.get(metric)
                .tag("pointer", ContractLedger.OTHER_PLACES)
                .counter()
                .count();
    }

    private static Violation violation(String pointer) {
        return new Violation("", "type", pointer, "must be string", null);
    }
}
