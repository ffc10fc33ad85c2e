package dev.sallyport.gateway.tls.client;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which servers are trusted: those that a bundle or the JVM trusts, and of them, where keys are pinned, those with such a key. */
public final class PeerTrust {
    private final Pins pins;
    private final CertificateEvents events;

    private PeerTrust(Pins pins, CertificateEvents events) {
        this.pins = pins;
        this.events = events;
    }

    /** Without pins. */
    public static PeerTrust usual() {
        return of(List.of(), (host, validity) -> {});
    }

    /**
     * With pins.
     *
     * @param pins {@code sha256/} and base64 each; none: any key
     * @param events hears of each certificate that was verified in a handshake
     */
    public static PeerTrust of(List<String> pins, CertificateEvents events) {
        return new PeerTrust(new Pins(pins), events);
    }

    /** What a factory's manager trusts, as far as it may be trusted. */
    TrustManager over(TrustManagerFactory factory) {
        return Stream.of(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(manager -> new Manager((X509ExtendedTrustManager) manager))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the trust store has no X.509 certificates"));
    }

    /** For servers alone, and only where the host is known that the certificate has to be good for. */
    private final class Manager extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager trust;

        Manager(X509ExtendedTrustManager trust) {
            this.trust = trust;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String kind, SSLEngine engine)
                throws CertificateException {
            trust.checkServerTrusted(shown, kind, engine);
            shown[0].checkValidity(); // nothing does that of a certificate which stands in the trust store itself
            if (!pins.isEmpty() && !pins.admit(shown, trust.getAcceptedIssuers())) {
                throw new CertificateException("no key of the certificate chain is pinned");
            }
            events.verified(engine.getPeerHost(), Validity.of(shown[0]));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String kind, Socket socket)
                throws CertificateException {
            throw withoutHost();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String kind) throws CertificateException {
            throw withoutHost();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String kind, SSLEngine engine)
                throws CertificateException {
            throw withoutHost();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String kind, Socket socket)
                throws CertificateException {
            throw withoutHost();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String kind) throws CertificateException {
            throw withoutHost();
        }

        private static CertificateException withoutHost() {
            return new CertificateException("trust is for the servers of this gateway's own connections");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return trust.getAcceptedIssuers();
        }
    }
}
