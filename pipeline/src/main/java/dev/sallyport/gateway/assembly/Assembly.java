package dev.sallyport.gateway.assembly;

import dev.sallyport.config.Settings;
import dev.sallyport.config.concurrency.ConcurrencySettings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.edge.CallerFields;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.edge.TrustedCallers;
import dev.sallyport.gateway.generation.Generation;
import dev.sallyport.gateway.generation.Generation.Memory;
import dev.sallyport.gateway.generation.Generation.Sources;
import dev.sallyport.gateway.generation.GenerationFactory;
import dev.sallyport.gateway.generation.LoadedPack;
import dev.sallyport.gateway.http.header.GatewayHeaders;
import dev.sallyport.gateway.keys.KeyFile;
import dev.sallyport.gateway.log.PackWords;
import dev.sallyport.gateway.management.gauges.WatchGauges;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.egress.EgressProxy;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.gateway.store.StorePassword;
import dev.sallyport.overload.ConcurrencyLimiter;
import dev.sallyport.ratelimit.RateLimits;
import dev.sallyport.resilience.RetryBudget;
import dev.sallyport.resilience.hold.ProviderHolds;
import dev.sallyport.telemetry.lookup.FingerprintLookup;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes what serves calls, of settings and a contract pack. Counts of limits, the budget of retries, calls in flight and the breakers
 * are handed on to the next generation where their settings are the same and the same servers are asked, with whatever secrets; verdicts
 * on devices and kept replies where the pack is, too; calls with keys, and what the provider limits, are always remembered.
 */
public final class Assembly implements GenerationFactory {
    private final SharedComponents shared;
    private final InstantSource clock;
    private final WatchGauges gauges;

    /** What every generation shares. */
    public record SharedComponents(
            Monitoring monitoring,
            ProviderAccess provider,
            ConnectionPool lookups,
            CircuitBreakerRegistry breakers,
            StoreAccess store,
            CallerAccess callers) {}

    /** Makes generations from what all of them share. */
    public Assembly(SharedComponents shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
        this.gauges = new WatchGauges(
                shared.monitoring().registry(), shared.monitoring().observers().watches());
    }

    /** The first generation. */
    public Generation first(Settings settings, LoadedPack pack) {
        NamedOperations.check(settings, pack.catalog());
        KeyFile.check(settings);
        StorePassword.check(settings.store());
        EgressProxy.check(settings.egress().proxy());
        Optional<CircuitBreaker> breaker = Lookups.breaker(settings.telemetry());
        var memory = new Memory(
                limits(settings),
                new ProviderHolds(System::nanoTime),
                budget(settings),
                limiter(settings.concurrency()),
                lookup(settings, pack, breaker),
                breaker,
                Breakers.of(settings, pack.catalog(), Map.of()),
                KeyedCalls.of(
                        settings,
                        shared.store().shared(),
                        shared.monitoring().meters().idempotency()),
                KeptReplies.none(settings.keptReplies()),
                shared.callers().callers(settings));
        return made(1, new Sources(settings, pack), memory);
    }

    /**
     * The generation after another one. It is validated first: what fails must fail before anything changes that the generation
     * at work has a part in.
     */
    @Override
    public Generation after(Generation had, Settings settings, LoadedPack pack) {
        PipelinePreview.validate(settings, pack.catalog());
        Memory memory = had.memory();
        boolean sameLimits = settings.rateLimits().equals(had.settings().rateLimits())
                && settings.callers().limits().equals(had.settings().callers().limits());
        boolean sameProvider =
                settings.provider().baseUrl().equals(had.settings().provider().baseUrl());
        boolean sameDevices = settings.provider()
                .fraudBaseUrl()
                .equals(had.settings().provider().fraudBaseUrl());
        boolean sameRetry =
                sameProvider && settings.retry().equals(had.settings().retry());
        boolean sameConcurrency =
                settings.concurrency().hasLimitOf(had.settings().concurrency());
        boolean sameBreaker = sameDevices
                && settings.telemetry().looksUp() == memory.breaker().isPresent()
                && settings.telemetry()
                        .breaker()
                        .equals(had.settings().telemetry().breaker());
        boolean sameBreakers =
                sameProvider && settings.circuitBreaker().equals(had.settings().circuitBreaker());
        boolean sameLookup =
                sameDevices && settings.telemetry().equals(had.settings().telemetry()) && pack.equals(had.pack());
        boolean sameKept = pack.equals(had.pack())
                && settings.keptReplies().equals(had.settings().keptReplies());
        boolean sameKeys = settings.idempotency()
                .keys()
                .equals(had.settings().idempotency().keys());
        Optional<CircuitBreaker> breaker = sameBreaker ? memory.breaker() : Lookups.breaker(settings.telemetry());
        var next = new Memory(
                sameLimits ? memory.limits() : limits(settings),
                memory.holds(),
                sameRetry ? memory.retries() : budget(settings),
                sameConcurrency ? memory.concurrency() : limiter(settings.concurrency()),
                sameLookup ? memory.lookup() : lookup(settings, pack, breaker),
                breaker,
                Breakers.of(settings, pack.catalog(), sameBreakers ? memory.breakers() : Map.of()),
                sameKeys
                        ? memory.idempotency()
                        : memory.idempotency()
                                .map(keyed ->
                                        keyed.withKeys(settings.idempotency().keyBytes())),
                sameKept ? memory.lastGood() : KeptReplies.none(settings.keptReplies()),
                shared.callers().callers(settings));
        Generation made = made(had.number() + 1, new Sources(settings, pack), next);
        shared.store().renew(settings.store());
        return made;
    }

    /** What touches shared registries comes last. */
    private Generation made(int number, Sources sources, Memory memory) {
        Instant now = clock.instant();
        Settings settings = sources.settings();
        ContractCatalog catalog = sources.pack().catalog();
        var filters = new FilterFactory(settings, catalog, shared.monitoring(), shared.provider(), memory);
        var pipeline = new Pipeline(filters);
        var serving = new ServingSnapshot(
                pipeline.routes(catalog),
                pipeline.otherCalls(),
                catalog.rejectionRenderer(),
                new CallerFields(GatewayHeaders.of(settings), TrustedCallers.of(settings.trustedCallers())),
                PackWords.of(catalog));
        Lookups.show(memory.breaker(), shared.breakers());
        Breakers.show(memory.breakers(), shared.breakers());
        gauges.show(operations(catalog));
        shared.monitoring()
                .meters()
                .overload()
                .show(Optional.of(memory.concurrency())
                        .filter(limiter -> !settings.concurrency().isOff()));
        return new Generation(number, now, sources, memory, serving);
    }

    private static Set<String> operations(ContractCatalog catalog) {
        return catalog.contracts().stream()
                .map(contract -> contract.operation().id())
                .collect(Collectors.toSet());
    }

    private RateLimits limits(Settings settings) {
        return new RateLimits(
                settings.rateLimits(),
                settings.callers().list(),
                LimitStores.of(settings.rateLimits(), shared.store()),
                shared.monitoring().meters().limits());
    }

    static RetryBudget budget(Settings settings) {
        var retry = settings.retry();
        return new RetryBudget(retry.budget().value(), retry.minimum(), System::nanoTime);
    }

    static ConcurrencyLimiter limiter(ConcurrencySettings settings) {
        return ConcurrencyLimiter.adaptive(settings.min(), settings.max(), settings.queue(), System::nanoTime);
    }

    private FingerprintLookup lookup(Settings settings, LoadedPack pack, Optional<CircuitBreaker> breaker) {
        return Lookups.of(settings, pack.catalog(), shared.lookups(), breaker, shared.monitoring());
    }
}
