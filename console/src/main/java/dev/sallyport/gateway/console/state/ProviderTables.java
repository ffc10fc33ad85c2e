package dev.sallyport.gateway.console.state;

import dev.sallyport.config.RetrySettings;
import dev.sallyport.gateway.console.history.MeterReading;
import dev.sallyport.gateway.console.page.Shown;
import dev.sallyport.gateway.console.state.StatePage.Table;
import dev.sallyport.gateway.generation.Generation;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What stands between the gateway and the provider: connections, breakers, retries. */
final class ProviderTables {
    private static final String POOL = "reactor.netty.connection.provider.";

    private ProviderTables() {}

    static Table pools(MeterReading meters) {
        List<List<String>> rows = Stream.of("provider", "telemetry", "keys")
                .map(pool -> List.of(
                        pool,
                        pool(meters, pool, "active.connections"),
                        pool(meters, pool, "idle.connections"),
                        pool(meters, pool, "max.connections"),
                        pool(meters, pool, "pending.connections"),
                        pool(meters, pool, "max.pending.connections")))
                .toList();
        return new Table(
                "Connections to the provider",
                "",
                List.of("Pool", "In use", "Idle", "At most", "Calls that wait", "Calls that may wait"),
                rows);
    }

    private static String pool(MeterReading meters, String pool, String what) {
        return Shown.count(meters.gauge(POOL + what, "name", pool));
    }

    static Table breakers(Generation serving) {
        List<List<String>> rows = new ArrayList<>();
        new TreeMap<>(serving.memory().breakers()).forEach((group, breaker) -> rows.add(row(group, breaker.breaker())));
        serving.memory().breaker().ifPresent(lookups -> rows.add(row("telemetry lookups", lookups)));
        return new Table(
                "Circuit breakers",
                rows.isEmpty() ? "circuit-breaker.mode is off." : "",
                List.of("Operations", "State", "Attempts in the window", "Failed", "Slow", "Not permitted"),
                rows);
    }

    private static List<String> row(String name, CircuitBreaker breaker) {
        CircuitBreaker.Metrics metrics = breaker.getMetrics();
        return List.of(
                name,
                breaker.getState().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Integer.toString(metrics.getNumberOfBufferedCalls()),
                Shown.share(metrics.getNumberOfFailedCalls(), metrics.getNumberOfBufferedCalls()),
                Shown.share(metrics.getNumberOfSlowCalls(), metrics.getNumberOfBufferedCalls()),
                Shown.count(metrics.getNumberOfNotPermittedCalls()));
    }

    static Table retries(Generation serving, MeterReading meters) {
        RetrySettings settings = serving.settings().retry();
        String note = settings.attempts() == 1
                ? "retry.attempts is 1: nothing is retried."
                : "The budget is " + settings.budget() + " of the calls of ten seconds, and " + settings.minimum()
                        + " a second besides.";
        List<List<String>> rows = new ArrayList<>();
        new TreeMap<>(meters.countedBy("sallyport.retries", "why"))
                .forEach((why, count) -> rows.add(List.of(why, Shown.count(count))));
        return new Table("Retries since the start", note, List.of("Why, or why not", "Retries"), rows);
    }
}
