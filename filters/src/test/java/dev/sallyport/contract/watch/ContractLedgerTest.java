package dev.sallyport.contract.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.contract.watch.ContractLedger.Broken;
import dev.sallyport.rejection.Violation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContractLedgerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final ContractLedger ledger = new ContractLedger(() -> Instant.EPOCH);

    @Test
    void over_many_reloads_the_places_are_bounded_and_no_violation_is_lost() {
        Operation operation = SmallPack.in(folder).contract("login").operation();
        int many = ContractLedger.MOST_PLACES + 50;

        for (int place = 0; place < many; place++) {
            var violation = new Violation("", "type", "s.json#/properties/p" + place + "/type", "no", null);
            ledger.broken(operation, Direction.REPLY, List.of(violation), true);
        }

        List<Broken> kept = ledger.violations("login");
        assertThat(kept).hasSize(ContractLedger.MOST_PLACES + 1);
        assertThat(kept.stream().mapToLong(broken -> broken.count().times()).sum())
                .isEqualTo(many);
        assertThat(kept.get(0).pointer()).isEqualTo(ContractLedger.OTHER_PLACES);
        assertThat(kept.get(0).count().times()).isEqualTo(50);
    }
}
