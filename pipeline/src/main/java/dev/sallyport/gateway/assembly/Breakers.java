package dev.sallyport.gateway.assembly;

import dev.sallyport.config.BreakerMode;
import dev.sallyport.config.CircuitBreakerSettings;
import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.resilience.ProviderBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The breakers in front of the provider, by the group of operations that each is for; none where they are off. */
final class Breakers {
    private static final String PREFIX = "provider.";

    private Breakers() {}

    /**
     * Those of a pack's groups, not shown yet.
     *
     * @param had go on for the groups that are still there
     */
    static Map<String, ProviderBreaker> of(
            Settings settings, ContractCatalog catalog, Map<String, ProviderBreaker> had) {
        CircuitBreakerSettings written = settings.circuitBreaker();
        if (written.mode() == BreakerMode.OFF) {
            return Map.of();
        }
        Duration longest = settings.longestDeadline();
        Map<String, ProviderBreaker> breakers = new HashMap<>();
        catalog.contracts().stream()
                .map(contract -> contract.conduct().group())
                .distinct()
                .forEach(group -> breakers.put(
                        group,
                        had.containsKey(group)
                                ? had.get(group)
                                : new ProviderBreaker(PREFIX + group, written, longest, System::nanoTime)));
        return Map.copyOf(breakers);
    }

    /** Shows those that are in use from now on, and no others. */
    static void show(Map<String, ProviderBreaker> breakers, CircuitBreakerRegistry shown) {
        Map<String, CircuitBreaker> now = new HashMap<>();
        breakers.values().forEach(each -> now.put(each.breaker().getName(), each.breaker()));
        shown.getAllCircuitBreakers().stream()
                .map(CircuitBreaker::getName)
                .filter(name -> name.startsWith(PREFIX) && !now.containsKey(name))
                .forEach(shown::remove);
        now.forEach((name, breaker) -> {
            if (shown.circuitBreaker(name) != breaker) { // which makes one: only what is there is replaced
                shown.replace(name, breaker);
            }
        });
    }
}
