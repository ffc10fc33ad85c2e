package dev.sallyport.gateway.tls.client;

import io.netty.handler.ssl.SslContext;
import java.util.Optional;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** TLS to the servers of one owner, for the connections that are made from now on: those that there are keep what they began with. Thread-safe. */
public final class PeerTls {
    private final PeerTrust trust;
    private volatile SslContext now;

    private PeerTls(PeerTrust trust, SslContext first) {
        this.trust = trust;
        this.now = first;
    }

    /**
     * Of a bundle.
     *
     * @param bundle if it is empty, whom the JVM trusts is trusted
     */
    public static PeerTls of(Optional<SslBundle> bundle, PeerTrust trust) {
        return new PeerTls(
                trust, bundle.map(given -> TlsContexts.of(given, trust)).orElseGet(() -> TlsContexts.ofJvm(trust)));
    }

    /**
     * Of a bundle by its name, whose changed files are taken up.
     *
     * @param name if it is empty, whom the JVM trusts is trusted
     */
    public static PeerTls watching(Optional<String> name, SslBundles bundles, PeerTrust trust) {
        PeerTls tls = of(name.map(bundles::getBundle), trust);
        name.ifPresent(bundle -> bundles.addBundleUpdateHandler(bundle, tls::renew));
        return tls;
    }

    /** The files of the bundle have changed. */
    public void renew(SslBundle bundle) {
        now = TlsContexts.of(bundle, trust);
    }

    /** For one connection. */
    public SslContext now() {
        return now;
    }
}
