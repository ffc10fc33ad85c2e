package dev.sallyport.contract.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.DriftSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.contract.SafetyCatchSettings;
import dev.sallyport.config.value.Percent;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.pack.SmallPack;
import dev.sallyport.rejection.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContractWatchesTest {
    private static final SafetyCatchSettings FIRST_ONE =
            new SafetyCatchSettings(true, new Percent(1), Duration.ofMinutes(1), 1, Duration.ofMinutes(1));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Contract contract;

    private final ContractWatches watches = new ContractWatches(new Deaf(), () -> 0, () -> Instant.EPOCH);

    @BeforeEach
    void load() {
        contract = SmallPack.in(folder).contract("login");
    }

    @Test
    void a_reload_that_does_not_concern_a_catch_leaves_it_as_it_is() {
        assertThat(released(settings("enforce", FIRST_ONE)).isReleased()).isTrue();

        assertThat(watches.safetyCatch(contract, settings("enforce: 50%", FIRST_ONE)))
                .hasValueSatisfying(kept -> assertThat(kept.isReleased()).isTrue());
    }

    @Test
    void a_contract_that_was_compiled_anew_begins_with_a_fresh_catch() {
        ContractSettings settings = settings("enforce", FIRST_ONE);
        assertThat(released(settings).isReleased()).isTrue();
        Contract again = SmallPack.in(folder).contract("login");

        assertThat(watches.safetyCatch(again, settings))
                .hasValueSatisfying(fresh -> assertThat(fresh.isReleased()).isFalse());
        assertThat(watches.safetyCatch("login"))
                .hasValueSatisfying(shown -> assertThat(shown.isReleased()).isFalse());
    }

    @Test
    void other_settings_begin_with_a_fresh_catch() {
        assertThat(released(settings("enforce", FIRST_ONE)).isReleased()).isTrue();
        var others = new SafetyCatchSettings(true, new Percent(1), Duration.ofMinutes(1), 1, Duration.ofMinutes(2));

        assertThat(watches.safetyCatch(contract, settings("enforce", others)))
                .hasValueSatisfying(fresh -> assertThat(fresh.isReleased()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "report"})
    void where_no_reply_is_refused_there_is_no_catch(String mode) {
        assertThat(released(settings("enforce", FIRST_ONE)).isReleased()).isTrue();

        assertThat(watches.safetyCatch(contract, settings(mode, FIRST_ONE))).isEmpty();
        assertThat(watches.safetyCatch("login")).isEmpty();
    }

    @Test
    void a_catch_that_is_switched_off_is_gone() {
        assertThat(released(settings("enforce", FIRST_ONE)).isReleased()).isTrue();
        var off = new SafetyCatchSettings(false, new Percent(1), Duration.ofMinutes(1), 1, Duration.ofMinutes(1));

        assertThat(watches.safetyCatch(contract, settings("enforce", off))).isEmpty();
        assertThat(watches.safetyCatch("login")).isEmpty();
    }

    @Test
    void a_drift_watch_is_gone_when_drift_is_not_watched_or_replies_are_not_read() {
        var on = new DriftSettings(true, Duration.ofHours(1), 1);
        assertThat(watches.drift(contract, on)).isEqualTo(watches.drift(contract, on));

        assertThat(watches.drift(contract, new DriftSettings(false, Duration.ofHours(1), 1)))
                .isEmpty();
        assertThat(watches.drift("login")).isEmpty();

        assertThat(watches.drift(contract, on)).isPresent();
        watches.unread(contract.operation());
        assertThat(watches.drift("login")).isEmpty();
    }

    private SafetyCatch released(ContractSettings settings) {
        SafetyCatch made = watches.safetyCatch(contract, settings).orElseThrow();
        made.holds(true);
        return made;
    }

    private static ContractSettings settings(String reply, SafetyCatchSettings safetyCatch) {
        return new ContractSettings(
                ModeSettings.ENFORCED,
                ModeSettings.parse(reply),
                Map.of(),
                Map.of(),
                safetyCatch,
                DriftSettings.defaults());
    }

    private static final class Deaf implements ContractEvents {
        @Override
        public void broken(Operation operation, Direction direction, List<Violation> violations, boolean refused) {}
    }
}
