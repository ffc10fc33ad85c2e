package dev.sallyport.gateway.tls;

import dev.sallyport.gateway.management.meters.CertificateMeters;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;
import org.springframework.core.env.Environment;

/** Certificates that a port names itself, in place of a bundle. They are read once, at the start. */
public final class ServerCertificates {
    private static final List<String> PORTS = List.of("server.ssl", "management.server.ssl");

    /** Tells of those that there are. */
    public ServerCertificates(Environment environment, SslBundles bundles, CertificateMeters meters) {
        for (String port : PORTS) {
            Binder.get(environment)
                    .bind(port, Ssl.class)
                    .map(ssl -> Ssl.isEnabled(ssl) && ssl.getBundle() == null ? ssl : null)
                    .map(ssl -> WebServerSslBundle.get(ssl, bundles))
                    .map(bundle -> OwnKey.validity(bundle).orElse(null))
                    .ifBound(validity -> meters.own(port, validity));
        }
    }
}
