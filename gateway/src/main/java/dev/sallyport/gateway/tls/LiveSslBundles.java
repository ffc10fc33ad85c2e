package dev.sallyport.gateway.tls;

import dev.sallyport.gateway.log.Causes;
import dev.sallyport.gateway.management.meters.CertificateMeters;
import dev.sallyport.gateway.management.meters.CertificateMeters.Reload;
import dev.sallyport.gateway.tls.client.TlsContexts;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;

/**
 * Spring's SSL bundles, with their protocols in force. Files that have changed are tried before they are taken up, since a
 * key that was written before its certificate would fail every handshake: what cannot be used changes nothing.
 */
public final class LiveSslBundles extends DefaultSslBundleRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSslBundles.class);

    private final CertificateMeters meters;

    /** None so far. */
    public LiveSslBundles(CertificateMeters meters) {
        this.meters = meters;
    }

    @Override
    public void registerBundle(String name, SslBundle bundle) {
        super.registerBundle(name, TlsContexts.withProtocols(bundle));
        meters.registered(name);
        note(name, bundle);
    }

    @Override
    public void updateBundle(String name, SslBundle changed) {
        Optional<String> problem = problem(changed);
        if (problem.isPresent()) {
            LOG.atWarn()
                    .addKeyValue("bundle", name)
                    .addKeyValue("problem", problem.get())
                    .log("Changed files of an SSL bundle cannot be used; the ones before stay in force");
            meters.reloaded(name, Reload.REFUSED);
            return;
        }
        super.updateBundle(name, TlsContexts.withProtocols(changed));
        note(name, changed);
        LOG.atInfo().addKeyValue("bundle", name).log("Changed files of an SSL bundle were taken up");
        meters.reloaded(name, Reload.OK);
    }

    private static Optional<String> problem(SslBundle changed) {
        try {
            TlsContexts.of(changed);
            return OwnKey.problem(changed);
        } catch (GeneralSecurityException | RuntimeException unusable) {
            return Optional.of(Causes.told(unusable));
        }
    }

    /** What cannot be read was told at the start. */
    private void note(String name, SslBundle bundle) {
        OwnKey.validity(bundle).ifPresent(validity -> meters.own(name, validity));
    }
}
