package dev.sallyport.gateway.wiring;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.management.StoreHealth;
import dev.sallyport.gateway.management.gauges.PoolGauges;
import dev.sallyport.gateway.management.meters.CertificateMeters;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.provider.ProviderClients;
import dev.sallyport.gateway.provider.egress.Egress;
import dev.sallyport.gateway.settings.FreshSettings;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.gateway.tls.client.PeerTls;
import dev.sallyport.gateway.tls.client.PeerTrust;
import dev.sallyport.gateway.tls.client.TlsContexts;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** Connections that the gateway makes: to the provider and to the shared store. */
@Configuration(proxyBeanMethods = false)
class ProviderWiring {
    @Bean
    PeerTls providerTls(Settings settings, SslBundles bundles, CertificateMeters certificates) {
        PeerTrust trust = PeerTrust.of(settings.provider().pins(), certificates);
        return PeerTls.watching(settings.provider().sslBundle(), bundles, trust);
    }

    @Bean
    ProviderClients providerClients(Settings settings, PeerTls tls, ReactorResourceFactory resources) {
        return new ProviderClients(
                settings.provider().pool(),
                settings.telemetry().maxConnections(),
                tls,
                Egress.of(settings.egress()),
                resources.getLoopResources());
    }

    @Bean
    PoolGauges poolGauges(ProviderClients clients) {
        return new PoolGauges(clients.all());
    }

    @Bean
    StoreAccess storeAccess(Settings settings, SslBundles bundles, FreshSettings fresh, GatewayMeters meters) {
        Optional<Consumer<SslContextBuilder>> tls = settings.store()
                .sslBundle()
                .map(name -> context -> TlsContexts.customize(bundles.getBundle(name), context));
        return fresh.placing(() -> StoreAccess.of(settings.store(), tls, meters.store()));
    }

    @Bean
    StoreHealth store(StoreAccess access) {
        return new StoreHealth(access);
    }
}
