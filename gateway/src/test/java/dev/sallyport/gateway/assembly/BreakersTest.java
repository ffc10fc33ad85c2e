package dev.sallyport.gateway.assembly;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.gateway.SettingsOf;
import dev.sallyport.json.StrictJson;
import dev.sallyport.resilience.ProviderBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BreakersTest {
    private static final ContractCatalog CATALOG = PackCompiler.loadServed(PackFiles.of("stytch"), new StrictJson(32));

    @Test
    void each_group_has_one_and_keeps_it_over_a_reload() {
        Map<String, ProviderBreaker> first = Breakers.of(settings("enforce"), CATALOG, Map.of());
        Map<String, ProviderBreaker> next = Breakers.of(settings("enforce"), CATALOG, first);

        assertThat(first)
                .containsOnlyKeys(
                        "sessions-made", "sessions-checked", "sessions-revoked", "keys", "policies", "debug.whoami");
        assertThat(next).isEqualTo(first);
    }

    @Test
    void those_in_use_are_shown_and_no_others() {
        var registry = CircuitBreakerRegistry.ofDefaults();
        registry.circuitBreaker("telemetry");
        Map<String, ProviderBreaker> breakers = Breakers.of(settings("enforce"), CATALOG, Map.of());

        Breakers.show(breakers, registry);

        assertThat(registry.getAllCircuitBreakers()).hasSize(breakers.size() + 1);
        assertThat(registry.circuitBreaker("provider.keys"))
                .isSameAs(requireNonNull(breakers.get("keys")).breaker());
        Breakers.show(Breakers.of(settings("off"), CATALOG, breakers), registry);
        assertThat(registry.getAllCircuitBreakers())
                .extracting(CircuitBreaker::getName)
                .containsExactly("telemetry");
    }

    private static Settings settings(String mode) {
        return SettingsOf.keys(
                Map.of("sallyport.provider.base-url", "http://127.0.0.1:1", "sallyport.circuit-breaker.mode", mode));
    }
}
