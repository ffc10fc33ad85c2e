package dev.sallyport.starter;

import dev.sallyport.caller.CallerTokens;
import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.assembly.Assembly;
import dev.sallyport.gateway.assembly.CallerAccess;
import dev.sallyport.gateway.assembly.ContractObservers;
import dev.sallyport.gateway.assembly.Monitoring;
import dev.sallyport.gateway.assembly.ProviderAccess;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.generation.Generation;
import dev.sallyport.gateway.generation.LoadedPack;
import dev.sallyport.gateway.generation.PackWarnings;
import dev.sallyport.gateway.keys.JwksRefresher;
import dev.sallyport.gateway.keys.KeptKeys;
import dev.sallyport.gateway.keys.KeyIssuers;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.gauges.KeyGauges;
import dev.sallyport.gateway.management.gauges.PoolGauges;
import dev.sallyport.gateway.management.meters.CertificateMeters;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.provider.ProviderClients;
import dev.sallyport.gateway.provider.egress.Egress;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.gateway.tls.client.PeerTls;
import dev.sallyport.gateway.tls.client.PeerTrust;
import dev.sallyport.gateway.tls.client.TlsContexts;
import dev.sallyport.starter.route.RouteUpstream;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/**
 * What stands behind the filter. No bean is of a type that the application may have of its own: registries of breakers and of
 * meters stay within ours.
 */
@Configuration(proxyBeanMethods = false)
class PipelineWiring {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineWiring.class);

    /** Ours, beside one that the application may have. */
    record OwnBreakers(CircuitBreakerRegistry registry) {}

    /** The application's, or one that keeps nothing. */
    record OwnMeters(MeterRegistry registry) {}

    @Bean
    StarterSettings sallyportStarterSettings(ConfigurableEnvironment environment) {
        return new StarterSettings(environment);
    }

    @Bean
    Settings sallyportSettings(StarterSettings settings) {
        return settings.read();
    }

    @Bean
    LoadedPack sallyportContractPack(StarterSettings written, Settings settings) {
        return written.placing(() -> LoadedPack.of(settings));
    }

    @Bean
    ContractCatalog sallyportContractCatalog(LoadedPack pack) {
        return pack.catalog();
    }

    @Bean
    OwnMeters sallyportOwnMeters(ObjectProvider<MeterRegistry> registries) {
        return new OwnMeters(registries.getIfAvailable(CompositeMeterRegistry::new));
    }

    @Bean
    LineWindows sallyportLineWindows() {
        return new LineWindows(Schedulers.parallel());
    }

    @Bean
    GatewayMeters sallyportGatewayMeters(OwnMeters meters, LineWindows windows) {
        return GatewayMeters.in(meters.registry(), windows);
    }

    @Bean
    Captures sallyportCaptures(StarterSettings written, Settings settings, GatewayMeters meters) {
        return written.placing(() -> Captures.started(settings, meters.captures()));
    }

    @Bean
    Monitoring sallyportMonitoring(OwnMeters own, LineWindows windows, GatewayMeters meters, Captures captures) {
        return new Monitoring(own.registry(), windows, meters, ContractObservers.beside(meters.contracts()), captures);
    }

    @Bean
    CertificateMeters sallyportCertificateMeters(OwnMeters own) {
        return new CertificateMeters(own.registry(), Clock.systemUTC(), Schedulers.parallel());
    }

    @Bean
    PeerTls sallyportProviderTls(
            Settings settings, ObjectProvider<SslBundles> bundles, CertificateMeters certificates) {
        Optional<String> name = settings.provider().sslBundle();
        PeerTrust trust = PeerTrust.of(settings.provider().pins(), certificates);
        PeerTls tls = PeerTls.of(name.map(bundle -> bundle(bundles, bundle)), trust);
        name.ifPresent(bundle -> bundles.getObject().addBundleUpdateHandler(bundle, tls::renew));
        return tls;
    }

    /** Connections for keys and lookups; calls go by the route. */
    @Bean
    ProviderClients sallyportProviderClients(
            Settings settings, PeerTls tls, ObjectProvider<ReactorResourceFactory> resources) {
        @org.jspecify.annotations.Nullable ReactorResourceFactory shared = resources.getIfAvailable();
        LoopResources loops = shared == null ? HttpResources.get() : shared.getLoopResources();
        return new ProviderClients(
                settings.provider().pool(),
                settings.telemetry().maxConnections(),
                tls,
                Egress.of(settings.egress()),
                loops);
    }

    private static SslBundle bundle(ObjectProvider<SslBundles> bundles, String name) {
        return bundles.getObject().getBundle(name);
    }

    @Bean
    StoreAccess sallyportStoreAccess(
            StarterSettings written, Settings settings, ObjectProvider<SslBundles> bundles, GatewayMeters meters) {
        Optional<Consumer<SslContextBuilder>> tls = settings.store()
                .sslBundle()
                .map(name -> context -> TlsContexts.customize(bundle(bundles, name), context));
        return written.placing(() -> StoreAccess.of(settings.store(), tls, meters.store()));
    }

    @Bean
    OwnBreakers sallyportBreakers() {
        return new OwnBreakers(CircuitBreakerRegistry.ofDefaults());
    }

    @Bean
    MeterBinder sallyportBreakerMetrics(OwnBreakers breakers) {
        return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers.registry());
    }

    @Bean
    JwksKeySource sallyportKeySource(
            Settings settings, ContractCatalog catalog, ProviderClients clients, GatewayMeters meters) {
        return KeptKeys.source(settings, catalog, clients.keys(), meters.keys());
    }

    @Bean
    JwksRefresher sallyportKeyRefresher(JwksKeySource keys, Settings settings, ContractCatalog catalog) {
        return KeptKeys.refresher(keys, settings, catalog, () -> {});
    }

    @Bean
    KeyGauges sallyportKeyGauges(JwksKeySource keys, Settings settings, ContractCatalog catalog) {
        return new KeyGauges(keys, KeyIssuers.of(settings, catalog));
    }

    @Bean
    PoolGauges sallyportPoolGauges(ProviderClients clients) {
        return new PoolGauges(java.util.List.of(clients.lookups(), clients.keys()));
    }

    @Bean
    ProviderAccess sallyportProviderAccess(Settings settings, JwksKeySource keys, NettyWriteResponseFilter writing) {
        int replyLimit = (int) settings.provider().replyLimit().bytes();
        return new ProviderAccess(
                (contract, reading) -> new RouteUpstream(contract, reading, replyLimit, writing), keys);
    }

    /** The one and only: settings and contracts are taken up at the start. */
    @Bean
    Generation sallyportGeneration(
            StarterSettings written,
            Settings settings,
            LoadedPack pack,
            Monitoring monitoring,
            ProviderAccess provider,
            Outside outside) {
        var shared = new Assembly.SharedComponents(
                monitoring,
                provider,
                outside.clients().lookups(),
                outside.breakers().registry(),
                outside.store(),
                CallerAccess.of(CallerTokens.NONE, monitoring.meters().callers()));
        Generation only = written.placing(() -> new Assembly(shared, Clock.systemUTC()).first(settings, pack));
        PackWarnings.of(settings, pack).forEach(LOG::warn);
        return only;
    }

    /** What pipelines reach beside the provider. */
    record Outside(ProviderClients clients, OwnBreakers breakers, StoreAccess store) {}

    @Bean
    Outside sallyportOutside(ProviderClients clients, OwnBreakers breakers, StoreAccess store) {
        return new Outside(clients, breakers, store);
    }
}
