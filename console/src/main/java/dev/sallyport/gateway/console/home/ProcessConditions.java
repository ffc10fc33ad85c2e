package dev.sallyport.gateway.console.home;

import dev.sallyport.config.concurrency.ConcurrencySettings;
import dev.sallyport.gateway.console.home.Condition.Fault;
import dev.sallyport.gateway.console.home.Condition.Severity;
import dev.sallyport.gateway.console.page.Shown;
import dev.sallyport.gateway.console.source.ConsoleSources;
import dev.sallyport.gateway.generation.Generation;
import dev.sallyport.gateway.loop.DirectMemory;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.util.ArrayList;
import java.util.List;

/** The gateway's own load, its shared store, and its breakers. */
final class ProcessConditions {
    private static final String PAGE = "/console/state";
    private static final double NANOS = 1e9;

    private final ConsoleSources sources;

    ProcessConditions(ConsoleSources sources) {
        this.sources = sources;
    }

    List<Condition> now() {
        List<Condition> found = new ArrayList<>();
        Generation serving = sources.contracts().serving().get();
        serving.memory().breaker().ifPresent(lookups -> ofBreaker("telemetry", lookups, found));
        serving.memory().breakers().forEach((group, breaker) -> ofBreaker(group, breaker.breaker(), found));
        if (sources.instance().store().address().isPresent()
                && !sources.instance().store().isConnected()) {
            found.add(gateway(
                    "store",
                    Severity.WRONG,
                    "The shared store is not connected",
                    "Limits and idempotency go on as their settings say for a store that does not answer."));
        }
        if (sources.instance().draining().getAsBoolean()) {
            found.add(gateway("draining", Severity.WARNING, "The gateway stops", "It ends when its calls have ended."));
        }
        ofLoad(serving.settings().concurrency(), found);
        return found;
    }

    private void ofLoad(ConcurrencySettings bounds, List<Condition> found) {
        double lag = sources.instance().lag().worst() / NANOS;
        if (lag > bounds.loopLag().toNanos() / NANOS) {
            found.add(gateway(
                    "loop-lag",
                    Severity.WRONG,
                    "An event loop is " + Shown.millis(lag) + " behind",
                    "concurrency.loop-lag allows "
                            + Shown.millis(bounds.loopLag().toNanos() / NANOS) + "."));
        }
        if (DirectMemory.share() * 100 > bounds.directMemory().value()) {
            found.add(gateway(
                    "direct-memory",
                    Severity.WRONG,
                    "Direct memory is nearly used up",
                    Shown.bytes((double) DirectMemory.used()) + " of " + Shown.bytes((double) DirectMemory.most())
                            + "."));
        }
    }

    private static void ofBreaker(String name, CircuitBreaker breaker, List<Condition> found) {
        State state = breaker.getState();
        if (state == State.OPEN || state == State.HALF_OPEN) {
            found.add(Condition.of(
                    "breaker:" + name,
                    Severity.WRONG,
                    Fault.PROVIDER,
                    "The breaker of " + name + " is " + (state == State.OPEN ? "open" : "half open"),
                    state == State.OPEN
                            ? "The provider failed too often: its calls are refused for a while."
                            : "A few attempts are let through to try.",
                    PAGE));
        }
    }

    private static Condition gateway(String key, Severity severity, String title, String detail) {
        return Condition.of(key, severity, Fault.GATEWAY, title, detail, PAGE);
    }
}
