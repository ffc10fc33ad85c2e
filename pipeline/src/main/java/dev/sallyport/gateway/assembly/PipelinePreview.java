package dev.sallyport.gateway.assembly;

import dev.sallyport.caller.CallerTokens;
import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.generation.Generation.Memory;
import dev.sallyport.gateway.keys.KeyFile;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.provider.ProviderClients;
import dev.sallyport.gateway.provider.ProviderEndpoint;
import dev.sallyport.gateway.provider.ProviderWatch;
import dev.sallyport.gateway.provider.egress.EgressProxy;
import dev.sallyport.gateway.store.StorePassword;
import dev.sallyport.ratelimit.RateLimits;
import dev.sallyport.resilience.hold.ProviderHolds;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The pipelines as they would be assembled, with watches of their own; nothing is connected. */
public final class PipelinePreview {
    private PipelinePreview() {}

    /** Every operation with its pipeline, the outermost filter first; throws what is wrong with the settings for this catalog. */
    public static String text(Settings settings, ContractCatalog catalog) {
        StorePassword.check(settings.store());
        EgressProxy.check(settings.egress().proxy());
        return assembled(settings, catalog).toString();
    }

    /**
     * Assembles every pipeline and keeps none; throws what is wrong with the settings for this catalog. The store stays the one that
     * it was at the start, whatever has become of its password's file since.
     */
    static void validate(Settings settings, ContractCatalog catalog) {
        assembled(settings, catalog);
    }

    private static Routes assembled(Settings settings, ContractCatalog catalog) {
        NamedOperations.check(settings, catalog);
        KeyFile.check(settings);
        return new Pipeline(filters(settings, catalog, new NoKeys())).routes(catalog);
    }

    /** Filters that observe for themselves, ask no lookup, and have no connections. */
    static FilterFactory filters(Settings settings, ContractCatalog catalog, KeySource keys) {
        var registry = new SimpleMeterRegistry();
        var windows = new LineWindows(Schedulers.immediate());
        var meters = GatewayMeters.in(registry, windows);
        var monitoring = new Monitoring(
                registry, windows, meters, ContractObservers.beside(meters.contracts()), Captures.previewed(settings));
        var memory = new Memory(
                new RateLimits(
                        settings.rateLimits(),
                        settings.callers().list(),
                        LimitStores.local(settings.rateLimits()),
                        meters.limits()),
                new ProviderHolds(System::nanoTime),
                Assembly.budget(settings),
                Assembly.limiter(settings.concurrency()),
                Lookups.neverAsked(),
                Optional.empty(),
                Breakers.of(settings, catalog, Map.of()),
                KeyedCalls.of(settings, Optional.empty(), meters.idempotency()),
                KeptReplies.none(settings.keptReplies()),
                CallerAccess.of(CallerTokens.NONE, meters.callers()).callers(settings));
        var provider = ProviderAccess.direct(
                ProviderEndpoint.of(settings.provider(), ProviderClients.unused(), new ProviderWatch()), keys);
        return new FilterFactory(settings, catalog, monitoring, provider, memory);
    }

    /** Has none, and fetches none. */
    static final class NoKeys implements KeySource {
        @Override
        public @Nullable KeySet known(Issuer issuer) {
            return null;
        }

        @Override
        public Mono<KeySet> having(Issuer issuer, String keyId) {
            return Mono.empty();
        }
    }
}
