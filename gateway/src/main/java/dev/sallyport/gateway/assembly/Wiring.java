package dev.sallyport.gateway.assembly;

import dev.sallyport.config.Settings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.drain.Drain;
import dev.sallyport.gateway.http.ErrorsAsRejections;
import dev.sallyport.gateway.http.HttpServerCustomization;
import dev.sallyport.gateway.http.ServerLimits;
import dev.sallyport.gateway.http.connection.DroppedErrors;
import dev.sallyport.gateway.keys.JwksFileCache;
import dev.sallyport.gateway.keys.JwksRefresher;
import dev.sallyport.gateway.keys.KeyFile;
import dev.sallyport.gateway.keys.KeyIssuers;
import dev.sallyport.gateway.keys.UnverifiedTokens;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.loop.EventLoops;
import dev.sallyport.gateway.loop.GatewayLoad;
import dev.sallyport.gateway.loop.LoopLag;
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.gateway.management.ConnectionMeters;
import dev.sallyport.gateway.management.ContractsEndpoint;
import dev.sallyport.gateway.management.DrainGauges;
import dev.sallyport.gateway.management.KeyGauges;
import dev.sallyport.gateway.management.KeysEndpoint;
import dev.sallyport.gateway.management.KeysReady;
import dev.sallyport.gateway.management.LoadGauges;
import dev.sallyport.gateway.management.PoolGauges;
import dev.sallyport.gateway.management.ReloadMeters;
import dev.sallyport.gateway.management.StoreHealth;
import dev.sallyport.gateway.management.meters.BuildInfo;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.provider.JwksOverHttp;
import dev.sallyport.gateway.provider.ProviderClients;
import dev.sallyport.gateway.reload.Generation;
import dev.sallyport.gateway.reload.LoadedPack;
import dev.sallyport.gateway.reload.ReloadWatch;
import dev.sallyport.gateway.reload.Reloader;
import dev.sallyport.gateway.settings.FreshSettings;
import dev.sallyport.gateway.settings.SettingsReader;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.gateway.tls.TlsContexts;
import dev.sallyport.overload.GatewayPressure;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.JwksFetch;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import dev.sallyport.token.keys.fetch.KeyEvents;
import dev.sallyport.token.keys.fetch.KeyFetchContext;
import dev.sallyport.token.keys.fetch.KeyTiming;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.reactor.netty.autoconfigure.ReactorNettyProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** Hands the parts to Spring: the only place where they meet it. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    @Bean
    Settings settings(ConfigurableEnvironment environment) {
        return new SettingsReader(environment).read();
    }

    @Bean
    LoadedPack contractPack(Settings settings) {
        return LoadedPack.of(settings);
    }

    @Bean
    ContractCatalog contractCatalog(LoadedPack pack) {
        return pack.catalog();
    }

    @Bean
    LineWindows lineWindows() {
        return new LineWindows(Schedulers.parallel());
    }

    @Bean
    GatewayMeters gatewayMeters(MeterRegistry registry, LineWindows windows) {
        return GatewayMeters.in(registry, windows);
    }

    @Bean
    ContractObservers contractObservers(GatewayMeters meters) {
        return ContractObservers.beside(meters.contracts());
    }

    /**
     * One set of loops for callers, management, provider and the operator's own routes; it ends with this. Spring ends it only
     * in a context that started.
     */
    @Bean(destroyMethod = "stop")
    ReactorResourceFactory reactorResourceFactory(ReactorNettyProperties properties) {
        var resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResourcesSupplier(EventLoops::create);
        Optional.ofNullable(properties.getShutdownQuietPeriod()).ifPresent(resources::setShutdownQuietPeriod);
        return resources;
    }

    @Bean
    HttpClientCustomizer otherCalls(ReactorResourceFactory resources) {
        return client -> client.runOn(resources.getLoopResources());
    }

    @Bean
    ProviderClients providerClients(Settings settings, SslBundles bundles, ReactorResourceFactory resources) {
        Optional<SslContext> ssl = settings.provider().sslBundle().map(name -> TlsContexts.of(bundles.getBundle(name)));
        return new ProviderClients(
                settings.provider().pool(), settings.telemetry().maxConnections(), ssl, resources.getLoopResources());
    }

    @Bean
    PoolGauges poolGauges(ProviderClients clients) {
        return new PoolGauges(clients.all());
    }

    @Bean
    JwksKeySource keySource(Settings settings, ContractCatalog catalog, ProviderClients clients, GatewayMeters meters) {
        var fetch = new JwksOverHttp(clients.keys(), KeyIssuers.addresses(settings));
        List<Issuer> listed = KeyIssuers.of(settings, catalog).values().stream()
                .flatMap(List::stream)
                .toList();
        return new JwksKeySource(listed, context(settings, fetch, meters.keys()));
    }

    /** What fetching takes. A call waits for keys at most half of its deadline: the fetch itself needs some of it, too. */
    private static KeyFetchContext context(Settings settings, JwksFetch fetch, KeyEvents events) {
        var jwks = settings.sessionToken().jwks();
        var timing = new KeyTiming(
                jwks.refresh(),
                jwks.keep(),
                jwks.timeout(),
                jwks.unknownKeyInterval(),
                settings.deadline().dividedBy(2));
        return new KeyFetchContext(
                fetch,
                timing,
                FastCrypto.provider().orElse(null),
                events,
                new KeyFetchContext.Scheduling(
                        Clock.systemUTC(),
                        Schedulers.parallel(),
                        new LoopScheduler(),
                        () -> ThreadLocalRandom.current().nextDouble()));
    }

    @Bean
    Captures captures(Settings settings, FreshSettings fresh, GatewayMeters meters) {
        return fresh.placing(() -> Captures.started(settings, meters.captures()));
    }

    @Bean
    StoreAccess storeAccess(Settings settings, SslBundles bundles, FreshSettings fresh, GatewayMeters meters) {
        Optional<Consumer<SslContextBuilder>> tls = settings.store()
                .sslBundle()
                .map(bundles::getBundle)
                .map(bundle -> context -> TlsContexts.customize(bundle, context));
        return fresh.placing(() -> StoreAccess.of(settings.store(), tls, meters.store()));
    }

    @Bean
    StoreHealth store(StoreAccess access) {
        return new StoreHealth(access);
    }

    @Bean
    CircuitBreakerRegistry circuitBreakers() {
        return CircuitBreakerRegistry.ofDefaults();
    }

    /** Under the names that its own dashboards know. */
    @Bean
    MeterBinder circuitBreakerMetrics(CircuitBreakerRegistry breakers) {
        return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers);
    }

    @Bean
    Monitoring monitoring(
            MeterRegistry registry,
            LineWindows windows,
            GatewayMeters meters,
            ContractObservers observers,
            Captures captures) {
        return new Monitoring(registry, windows, meters, observers, captures);
    }

    @Bean
    Assembly assembly(
            Monitoring monitoring,
            JwksKeySource keys,
            ProviderClients clients,
            CircuitBreakerRegistry breakers,
            StoreAccess store) {
        var shared = new Assembly.SharedComponents(monitoring, keys, clients, breakers, store);
        return new Assembly(shared, Clock.systemUTC());
    }

    @Bean
    FreshSettings freshSettings(ConfigurableEnvironment environment) {
        return new FreshSettings(environment);
    }

    @Bean
    Reloader reloader(
            Settings settings, LoadedPack pack, Assembly assembly, FreshSettings fresh, MeterRegistry registry) {
        Generation first = fresh.placing(() -> assembly.first(settings, pack));
        UnverifiedTokens.words(settings, pack.catalog()).ifPresent(LOG::warn);
        return new Reloader(first, fresh, assembly, new ReloadMeters(registry), Clock.systemUTC());
    }

    @Bean
    ReloadWatch reloadWatch(Settings settings, FreshSettings fresh, Reloader reloader) {
        return new ReloadWatch(settings.reload(), fresh, reloader);
    }

    @Bean
    ContractsEndpoint contractsEndpoint(Reloader reloader, ContractObservers observers) {
        return new ContractsEndpoint(() -> shown(reloader.now()), observers.ledger(), observers.watches(), reloader);
    }

    private static ContractsEndpoint.Serving shown(Generation now) {
        return new ContractsEndpoint.Serving(
                now.number(), now.since(), now.settings(), now.pack().catalog());
    }

    @Bean
    ConnectionMeters connectionMeters(MeterRegistry registry, LineWindows windows) {
        return new ConnectionMeters(registry, windows);
    }

    @Bean
    DroppedErrors droppedErrors(ConnectionMeters meters) {
        return new DroppedErrors(meters);
    }

    @Bean
    HttpServerCustomization edge(
            Settings settings, Reloader serving, GatewayMeters meters, ConnectionMeters connections) {
        return new HttpServerCustomization(
                settings.request(), serving, meters.refusals(), connections, settings.serverTiming());
    }

    @Bean
    WebHttpHandlerBuilderCustomizer otherRequests(HttpServerCustomization edge) {
        return builder -> builder.httpHandlerDecorator(gateway -> edge.handler(gateway));
    }

    @Bean
    LoopLag loopLag(ReactorResourceFactory resources) {
        return new LoopLag(resources.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE));
    }

    @Bean
    LoadGauges loadGauges(LoopLag lag) {
        return new LoadGauges(lag);
    }

    @Bean
    GatewayPressure gatewayPressure(Reloader serving, GatewayMeters meters) {
        return new GatewayPressure(
                () -> serving.now().settings().concurrency(),
                new GatewayLoad(),
                meters.overload(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Known operations are answered before Reactor Netty and Spring see the request; see ADR 2 and 25. */
    @Bean
    ServerLimits serverLimits(HttpServerCustomization edge, ServerProperties server, GatewayPressure pressure) {
        return edge.limits(
                server.getForwardHeadersStrategy() == ForwardHeadersStrategy.NATIVE,
                operation -> pressure.refuses(operation.id(), operation.priority()));
    }

    @Bean
    Drain drain(Settings settings, ServerLimits server) {
        var times = new Drain.Times(settings.drain().delay(), settings.drainGrace(), settings.longestDeadline());
        return new Drain(server.connections(), times);
    }

    @Bean
    DrainGauges drainGauges(ServerLimits server, Drain drain) {
        return new DrainGauges(server.connections(), drain);
    }

    @Bean
    ErrorsAsRejections errorsAsRejections(HttpServerCustomization edge) {
        return edge.errors();
    }

    @Bean
    BuildInfo buildInfo() {
        return new BuildInfo();
    }

    @Bean
    KeysReady sessionKeys() {
        return new KeysReady();
    }

    @Bean
    KeyGauges keyGauges(JwksKeySource keys, Settings settings, ContractCatalog catalog) {
        return new KeyGauges(keys, KeyIssuers.of(settings, catalog));
    }

    /** Keys of the last process are taken up here, before the server takes calls. */
    @Bean
    JwksRefresher jwksRefresher(JwksKeySource keys, Settings settings, ContractCatalog catalog, KeysReady ready) {
        var jwks = settings.sessionToken().jwks();
        Optional<JwksFileCache> cache = jwks.file()
                .map(file -> new JwksFileCache(
                        new KeyFile(Path.of(file)), keys, KeyIssuers.addresses(settings), Clock.systemUTC()));
        cache.ifPresent(it ->
                it.load(jwks.keep(), saved -> KeyIssuers.find(settings, catalog, saved.project(), saved.operation())));
        return new JwksRefresher(keys, KeyIssuers.of(settings, catalog), ready, cache);
    }

    @Bean
    KeysEndpoint keysEndpoint(JwksKeySource keys, Settings settings) {
        Set<String> listed =
                settings.provider().projects().stream().map(ProjectSettings::id).collect(Collectors.toSet());
        return new KeysEndpoint(keys, listed, KeyIssuers.addresses(settings), Clock.systemUTC());
    }
}
