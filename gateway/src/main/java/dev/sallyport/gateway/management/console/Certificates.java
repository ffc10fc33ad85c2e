package dev.sallyport.gateway.management.console;

import dev.sallyport.gateway.console.source.ConsoleSources.Certificate;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.info.SslInfo;
import org.springframework.boot.info.SslInfo.BundleInfo;
import org.springframework.boot.info.SslInfo.CertificateInfo;
import org.springframework.boot.ssl.SslBundles;

/** The certificates that this gateway shows to others, by SSL bundle: of each chain all, since any of them ends the whole. */
public final class Certificates {
    private final SslInfo bundles;

    public Certificates(SslBundles bundles) {
        this.bundles = new SslInfo(bundles);
    }

    /** As they are now. */
    public List<Certificate> now() {
        return bundles.getBundles().stream()
                .flatMap(bundle -> bundle.getCertificateChains().stream()
                        .flatMap(chain -> chain.getCertificates().stream())
                        .map(certificate -> shown(bundle, certificate)))
                .distinct()
                .toList();
    }

    private static Certificate shown(BundleInfo bundle, CertificateInfo certificate) {
        return new Certificate(
                bundle.getName(),
                certificate.getSubject() == null ? "" : certificate.getSubject(),
                certificate.getValidityStarts() == null ? Instant.EPOCH : certificate.getValidityStarts(),
                certificate.getValidityEnds() == null ? Instant.MAX : certificate.getValidityEnds());
    }
}
