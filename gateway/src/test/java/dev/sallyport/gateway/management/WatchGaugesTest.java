package dev.sallyport.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.RequestLine;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.DriftSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.contract.SafetyCatchSettings;
import dev.sallyport.config.value.Percent;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ContractEnforcement;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.contract.watch.ContractWatches;
import dev.sallyport.gateway.management.gauges.WatchGauges;
import dev.sallyport.gateway.management.meters.ContractMeters;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Violation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WatchGaugesTest {
    private static final String OPERATION = "sessions.migrate";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ContractMeters events = new ContractMeters(registry);
    private long seconds;
    private final ContractWatches watches =
            new ContractWatches(events, () -> Duration.ofSeconds(seconds).toNanos(), InstantSource.system());

    private final Contract contract = loaded();

    @BeforeEach
    void letGo() {
        new WatchGauges(registry, watches).show(Set.of(OPERATION));
        assertThat(gauge()).isZero();

        letGoOf(contract);
    }

    @Test
    void it_is_one_while_the_schema_is_let_go_of_and_zero_once_that_is_over_although_no_call_came() {
        seconds = 59;
        assertThat(gauge()).isEqualTo(1);

        seconds = 60;
        assertThat(gauge()).isZero();
    }

    @Test
    void it_is_zero_again_after_a_reload_that_leaves_no_catch() {
        assertThat(watches.safetyCatch(contract, settings("report"))).isEmpty();

        assertThat(gauge()).isZero();
    }

    @Test
    void it_follows_the_catch_of_the_contract_that_serves() {
        Contract again = loaded();
        assertThat(watches.safetyCatch(again, settings("enforce"))).isPresent();
        assertThat(gauge()).isZero();

        letGoOf(again);
        assertThat(gauge()).isEqualTo(1);
    }

    private void letGoOf(Contract of) {
        ContractEnforcement enforcement = ContractEnforcement.reply(
                of,
                settings("enforce"),
                events,
                watches.safetyCatch(of, settings("enforce")).orElseThrow());
        var call = Call.of(
                OPERATION, new RequestLine("POST", "/"), Headers.NONE, new byte[0], new Caller(null, "192.0.2.1"));
        var broken = new Violation("/user", "type", "reply#", "must be string", null);
        assertThat(enforcement.refusing(
                        new ReadCall(call, Document.NONE), new Facts(null, null, null), List.of(broken)))
                .isEmpty();
    }

    private static Contract loaded() {
        return PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32))
                .contract(OPERATION)
                .orElseThrow();
    }

    private double gauge() {
        return registry.get("sallyport.safety.catch")
                .tag("operation", OPERATION)
                .gauge()
                .value();
    }

    private static ContractSettings settings(String reply) {
        return new ContractSettings(
                ModeSettings.ENFORCED,
                ModeSettings.parse(reply),
                Map.of(),
                Map.of(),
                new SafetyCatchSettings(true, new Percent(1), Duration.ofMinutes(1), 1, Duration.ofMinutes(1)),
                DriftSettings.defaults());
    }
}
