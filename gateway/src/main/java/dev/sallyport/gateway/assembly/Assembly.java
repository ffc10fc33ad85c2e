package dev.sallyport.gateway.assembly;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.http.ServingSnapshot;
import dev.sallyport.gateway.http.header.GatewayHeaders;
import dev.sallyport.gateway.keys.KeyFile;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.log.PackWords;
import dev.sallyport.gateway.management.TelemetryMeters;
import dev.sallyport.gateway.management.WatchGauges;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.provider.ProviderClients;
import dev.sallyport.gateway.reload.Generation;
import dev.sallyport.gateway.reload.GenerationFactory;
import dev.sallyport.gateway.reload.LoadedPack;
import dev.sallyport.ratelimit.RateLimits;
import dev.sallyport.resilience.RetryBudget;
import dev.sallyport.telemetry.lookup.FingerprintLookup;
import dev.sallyport.token.keys.KeySource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes what serves calls, of settings and a contract pack. Counts of limits, the budget of retries and the breaker of lookups
 * are handed on to the next generation where their settings are the same, verdicts on devices where the pack is, too.
 */
public final class Assembly implements GenerationFactory {
    private final SharedComponents shared;
    private final InstantSource clock;
    private final WatchGauges gauges;

    /** What every generation shares. */
    record SharedComponents(
            MeterRegistry registry,
            LineWindows windows,
            GatewayMeters meters,
            ContractObservers observers,
            KeySource keys,
            ProviderClients clients,
            CircuitBreakerRegistry breakers,
            Captures captures) {}

    Assembly(SharedComponents shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
        this.gauges = new WatchGauges(shared.registry(), shared.observers().watches());
    }

    /** The first generation. */
    Generation first(Settings settings, LoadedPack pack) {
        NamedOperations.check(settings, pack.catalog());
        KeyFile.check(settings.sessionToken());
        Optional<CircuitBreaker> breaker = Lookups.breaker(settings.telemetry());
        return made(1, settings, pack, limits(settings), budget(settings), lookup(settings, pack, breaker), breaker);
    }

    /**
     * The generation after another one. It is validated first: what fails must fail before anything changes that the generation
     * at work has a part in.
     */
    @Override
    public Generation after(Generation had, Settings settings, LoadedPack pack) {
        PipelinePreview.validate(settings, pack.catalog());
        boolean sameLimits = settings.rateLimits().equals(had.settings().rateLimits());
        boolean sameRetry = settings.retry().equals(had.settings().retry())
                && settings.provider()
                        .baseUrl()
                        .equals(had.settings().provider().baseUrl());
        boolean sameProvider = settings.provider().equals(had.settings().provider());
        boolean sameBreaker = sameProvider
                && settings.telemetry().looksUp() == had.breaker().isPresent()
                && settings.telemetry()
                        .breaker()
                        .equals(had.settings().telemetry().breaker());
        boolean sameLookup =
                sameProvider && settings.telemetry().equals(had.settings().telemetry()) && pack.equals(had.pack());
        Optional<CircuitBreaker> breaker = sameBreaker ? had.breaker() : Lookups.breaker(settings.telemetry());
        return made(
                had.number() + 1,
                settings,
                pack,
                sameLimits ? had.limits() : limits(settings),
                sameRetry ? had.retries() : budget(settings),
                sameLookup ? had.lookup() : lookup(settings, pack, breaker),
                breaker);
    }

    /** What touches shared registries comes last. */
    private Generation made(
            int number,
            Settings settings,
            LoadedPack pack,
            RateLimits limits,
            RetryBudget retries,
            FingerprintLookup lookup,
            Optional<CircuitBreaker> breaker) {
        Instant now = clock.instant();
        GatewayMeters meters = shared.meters();
        var telemetry = new Telemetry(
                settings,
                pack.catalog(),
                lookup,
                meters(settings),
                shared.observers().events());
        var filters = new FilterFactory(
                settings,
                meters,
                shared.observers(),
                shared.keys(),
                shared.clients().calls(),
                telemetry,
                shared.captures(),
                limits,
                retries);
        var serving = new ServingSnapshot(
                new Pipeline(filters).routes(pack.catalog()),
                pack.catalog().rejectionRenderer(),
                GatewayHeaders.of(settings),
                PackWords.of(pack.catalog()));
        Lookups.show(breaker, shared.breakers());
        gauges.show(operations(pack));
        return new Generation(number, now, settings, pack, limits, retries, lookup, breaker, serving);
    }

    private static Set<String> operations(LoadedPack pack) {
        return pack.catalog().contracts().stream()
                .map(contract -> contract.operation().id())
                .collect(Collectors.toSet());
    }

    private RateLimits limits(Settings settings) {
        return new RateLimits(settings.rateLimits(), shared.meters().limits());
    }

    private static RetryBudget budget(Settings settings) {
        return new RetryBudget(settings.retry().budget().value());
    }

    private FingerprintLookup lookup(Settings settings, LoadedPack pack, Optional<CircuitBreaker> breaker) {
        return Lookups.of(
                settings,
                pack.catalog(),
                shared.clients().lookups(),
                breaker,
                meters(settings),
                shared.observers().events());
    }

    private TelemetryMeters meters(Settings settings) {
        return new TelemetryMeters(shared.registry(), settings.telemetry().knownReasons(), shared.windows());
    }
}
