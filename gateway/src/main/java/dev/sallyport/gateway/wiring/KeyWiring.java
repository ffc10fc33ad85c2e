package dev.sallyport.gateway.wiring;

import dev.sallyport.config.Settings;
import dev.sallyport.config.caller.CallerJwtSettings;
import dev.sallyport.config.provider.ProjectSettings;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.gateway.keys.JwksRefresher;
import dev.sallyport.gateway.keys.KeptKeys;
import dev.sallyport.gateway.keys.KeyIssuers;
import dev.sallyport.gateway.management.KeysEndpoint;
import dev.sallyport.gateway.management.KeysReady;
import dev.sallyport.gateway.management.gauges.KeyGauges;
import dev.sallyport.gateway.management.meters.CertificateMeters;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.provider.ProviderClients;
import dev.sallyport.gateway.tls.client.PeerTls;
import dev.sallyport.gateway.tls.client.PeerTrust;
import dev.sallyport.gateway.trace.TracedKeyFetches;
import dev.sallyport.gateway.trace.Tracing;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import dev.sallyport.token.keys.fetch.KeyEvents;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** Keys of session tokens: fetching them, keeping them, and telling of them. */
@Configuration(proxyBeanMethods = false)
class KeyWiring {
    @Bean
    JwksKeySource keySource(
            Settings settings,
            ContractCatalog catalog,
            ProviderClients clients,
            GatewayMeters meters,
            Tracing tracing) {
        return KeptKeys.source(settings, catalog, clients.keys(), TracedKeyFetches.of(meters.keys(), tracing));
    }

    @Bean
    JwksRefresher jwksRefresher(JwksKeySource keys, Settings settings, ContractCatalog catalog, KeysReady ready) {
        return KeptKeys.refresher(keys, settings, catalog, ready::ready);
    }

    @Bean
    KeysReady sessionKeys(Settings settings) {
        return new KeysReady(settings.callers().issuer().isPresent());
    }

    @Bean
    KeyEvents callerKeyEvents(GatewayMeters meters, Tracing tracing) {
        return TracedKeyFetches.of(meters.keys().of("Keys of callers' tokens"), tracing);
    }

    @Bean
    CallerKeyFetching callerKeys(
            Settings settings,
            SslBundles bundles,
            CertificateMeters certificates,
            ReactorResourceFactory resources,
            KeyEvents callerKeyEvents,
            KeysReady ready) {
        Function<CallerJwtSettings, PeerTls> tls =
                jwt -> PeerTls.watching(jwt.sslBundle(), bundles, PeerTrust.of(jwt.pins(), certificates.ofIssuer()));
        return CallerKeyFetching.of(settings, tls, resources.getLoopResources(), callerKeyEvents, ready::callersReady);
    }

    @Bean
    MeterBinder callerKeyGauges(CallerKeyFetching fetching) {
        return registry -> fetching.gauges().ifPresent(gauges -> gauges.bindTo(registry));
    }

    @Bean
    KeyGauges keyGauges(JwksKeySource keys, Settings settings, ContractCatalog catalog) {
        return new KeyGauges(keys, KeyIssuers.of(settings, catalog));
    }

    @Bean
    KeysEndpoint keysEndpoint(JwksKeySource keys, Settings settings) {
        Set<String> listed =
                settings.provider().projects().stream().map(ProjectSettings::id).collect(Collectors.toSet());
        return new KeysEndpoint(keys, listed, KeyIssuers.addresses(settings), Clock.systemUTC());
    }
}
