package dev.sallyport.gateway.assembly;

import dev.sallyport.config.Settings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.PackFiles;
import dev.sallyport.contract.StrictJson;
import dev.sallyport.gateway.http.Edge;
import dev.sallyport.gateway.http.ErrorsAsRejections;
import dev.sallyport.gateway.http.JwksOverHttp;
import dev.sallyport.gateway.http.ProviderClients;
import dev.sallyport.gateway.http.Routes;
import dev.sallyport.gateway.http.ServerLimits;
import dev.sallyport.gateway.management.KeyGauges;
import dev.sallyport.gateway.management.KeysReady;
import dev.sallyport.gateway.management.MeteredEvents;
import dev.sallyport.gateway.management.TelemetryMeters;
import dev.sallyport.gateway.settings.SettingsReader;
import dev.sallyport.rejection.RejectionRenderer;
import dev.sallyport.token.JwksKeySource;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.handler.ssl.SslContext;
import java.time.Clock;
import java.util.Optional;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Hands the parts to Spring: the only place where they meet it. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    @Bean
    Settings settings(ConfigurableEnvironment environment) {
        return new SettingsReader(environment).read();
    }

    @Bean
    ContractCatalog contractCatalog(Settings settings) {
        var json = new StrictJson(settings.request().maxDepth());
        return ContractCatalog.load(PackFiles.of(settings.provider().pack()), json);
    }

    @Bean
    MeteredEvents meteredEvents(MeterRegistry registry) {
        return new MeteredEvents(registry);
    }

    @Bean
    ProviderClients providerClients(Settings settings, SslBundles bundles) {
        Optional<SslContext> ssl = settings.provider().sslBundle().map(name -> TlsContexts.of(bundles.getBundle(name)));
        return new ProviderClients(
                settings.provider().pool(), settings.telemetry().maxConnections(), ssl);
    }

    @Bean
    JwksKeySource keySource(Settings settings, ProviderClients clients, MeteredEvents events) {
        var jwks = settings.sessionToken().jwks();
        String baseUrl = settings.provider().baseUrl().toString();
        var fetch = new JwksOverHttp(clients.keys(), baseUrl, jwks.timeout());
        var ages = new JwksKeySource.Ages(jwks.refresh(), jwks.keep(), jwks.unknownKeyInterval());
        return new JwksKeySource(fetch, ages, FastCrypto.provider().orElse(null), events, Clock.systemUTC());
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
    Telemetry telemetry(
            Settings settings,
            ContractCatalog catalog,
            MeterRegistry registry,
            MeteredEvents contractEvents,
            ProviderClients clients,
            CircuitBreakerRegistry breakers) {
        NamedOperations.check(settings, catalog);
        var events = new TelemetryMeters(registry, settings.telemetry().knownReasons());
        var lookup = Lookups.of(settings, catalog, clients.lookups(), breakers, events, contractEvents);
        return new Telemetry(settings.telemetry(), lookup, events, contractEvents);
    }

    @Bean
    Routes routes(
            Settings settings,
            ContractCatalog catalog,
            MeteredEvents events,
            JwksKeySource keys,
            ProviderClients clients,
            Telemetry telemetry) {
        var pipeline = new Pipeline(new Parts(settings, events, keys, clients.calls(), telemetry));
        return new Routes(catalog.contracts().stream()
                .map(contract -> new Routes.Route(contract.operation(), pipeline.of(contract)))
                .toList());
    }

    @Bean
    Edge edge(Settings settings, ContractCatalog catalog, MeteredEvents events) {
        var renderer = new RejectionRenderer(catalog.errorUrl());
        return new Edge(
                settings.request(),
                settings.telemetry().results().headers(),
                renderer,
                events::refusalWritten,
                settings.serverTiming());
    }

    /** Known operations are answered before Spring Cloud Gateway builds an exchange; see ADR 2. */
    @Bean
    WebHttpHandlerBuilderCustomizer sessionCalls(Edge edge, Routes routes) {
        return builder -> builder.httpHandlerDecorator(gateway -> edge.handler(routes, gateway));
    }

    @Bean
    ServerLimits serverLimits(Edge edge) {
        return edge.limits();
    }

    @Bean
    ErrorsAsRejections errorsAsRejections(Edge edge) {
        return edge.errors();
    }

    @Bean
    KeysReady sessionKeys() {
        return new KeysReady();
    }

    @Bean
    KeyGauges keyGauges(JwksKeySource keys, Settings settings, ContractCatalog catalog) {
        return new KeyGauges(keys, KeyIssuers.of(settings, catalog));
    }

    @Bean
    KeyWarmUp keyWarmUp(JwksKeySource keys, Settings settings, ContractCatalog catalog, KeysReady ready) {
        return new KeyWarmUp(keys, KeyIssuers.of(settings, catalog), ready);
    }
}
