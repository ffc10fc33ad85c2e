package dev.sallyport.gateway.wiring;

import dev.sallyport.gateway.management.meters.CertificateMeters;
import dev.sallyport.gateway.tls.LiveSslBundles;
import dev.sallyport.gateway.tls.ServerCertificates;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import reactor.core.scheduler.Schedulers;

/** Certificates: Spring's SSL bundles, and what is told of how long they are good. */
@Configuration(proxyBeanMethods = false)
class TlsWiring {
    @Bean
    CertificateMeters certificateMeters(MeterRegistry registry) {
        return new CertificateMeters(registry, Clock.systemUTC(), Schedulers.parallel());
    }

    /** In the place of Spring's own. */
    @Bean
    LiveSslBundles sslBundleRegistry(CertificateMeters meters, ObjectProvider<SslBundleRegistrar> registrars) {
        var bundles = new LiveSslBundles(meters);
        registrars.orderedStream().forEach(registrar -> registrar.registerBundles(bundles));
        return bundles;
    }

    @Bean
    ServerCertificates serverCertificates(Environment environment, LiveSslBundles bundles, CertificateMeters meters) {
        return new ServerCertificates(environment, bundles, meters);
    }
}
