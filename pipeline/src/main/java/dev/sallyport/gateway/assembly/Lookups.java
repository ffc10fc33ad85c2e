package dev.sallyport.gateway.assembly;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.config.Settings;
import dev.sallyport.config.telemetry.TelemetryBreakerSettings;
import dev.sallyport.config.telemetry.TelemetrySettings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.LookupContract;
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.gateway.provider.FingerprintOverHttp;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.telemetry.lookup.CachedLookup;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.FingerprintLookup;
import dev.sallyport.telemetry.lookup.GuardedLookup;
import dev.sallyport.telemetry.lookup.LookupOutcome;
import dev.sallyport.telemetry.lookup.LookupReply;
import dev.sallyport.telemetry.lookup.TelemetryEvents;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** The lookup of devices, from the outermost: shared and kept, guarded by timeout and breaker, over HTTP. */
final class Lookups {
    /** Before so many, a share says nothing; a small window is full sooner. */
    private static final int FEWEST = 10;

    private static final int TRIED_HALF_OPEN = 3;

    private static final String NAME = "telemetry";

    private Lookups() {}

    static FingerprintLookup of(
            Settings settings,
            ContractCatalog catalog,
            ConnectionPool connections,
            Optional<CircuitBreaker> breaker,
            Monitoring monitoring) {
        TelemetrySettings telemetry = settings.telemetry();
        if (breaker.isEmpty()) {
            return neverAsked();
        }
        LookupContract contract = catalog.fingerprintLookup().orElseThrow();
        URI baseUrl = settings.provider().fraudBaseUrl().orElseThrow();
        TelemetryEvents events = monitoring.telemetry(settings);
        var loop = new LoopScheduler();
        var guarded = new GuardedLookup(
                new FingerprintOverHttp(connections, baseUrl, contract.contract()),
                new LookupReply(contract, monitoring.observers().events()),
                new GuardedLookup.Guards(breaker.get(), telemetry.timeout()),
                loop,
                events);
        return new CachedLookup(guarded, telemetry.cache(), loop, Ticker.systemTicker(), events);
    }

    /** Where no mode looks up, and where pipelines are only shown. */
    static FingerprintLookup neverAsked() {
        return question -> Mono.just(DeviceFinding.of(LookupOutcome.UNAVAILABLE));
    }

    /** A breaker that is not shown yet; none where no mode looks up. */
    static Optional<CircuitBreaker> breaker(TelemetrySettings telemetry) {
        return telemetry.looksUp() ? Optional.of(breaker(telemetry.breaker())) : Optional.empty();
    }

    private static CircuitBreaker breaker(TelemetryBreakerSettings settings) {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.window())
                .minimumNumberOfCalls(Math.min(FEWEST, settings.window()))
                .failureRateThreshold(settings.failures().value())
                .waitDurationInOpenState(settings.pause())
                .permittedNumberOfCallsInHalfOpenState(TRIED_HALF_OPEN)
                .writableStackTraceEnabled(false)
                .build();
        return CircuitBreaker.of(NAME, config);
    }

    /** Shows the breaker that is in use from now on, and no other. */
    static void show(Optional<CircuitBreaker> breaker, CircuitBreakerRegistry breakers) {
        if (breaker.isEmpty()) {
            breakers.remove(NAME);
        } else if (breakers.circuitBreaker(NAME) != breaker.get()) { // which makes one: only what is there is replaced
            breakers.replace(NAME, breaker.get());
        }
    }
}
