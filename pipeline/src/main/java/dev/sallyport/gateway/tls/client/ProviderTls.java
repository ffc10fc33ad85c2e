package dev.sallyport.gateway.tls.client;

import io.netty.handler.ssl.SslContext;
import java.util.Optional;
import org.springframework.boot.ssl.SslBundle;

/** TLS to the provider, for the connections that are made from now on: those that there are keep what they began with. Thread-safe. */
public final class ProviderTls {
    private final PeerTrust trust;
    private volatile SslContext now;

    private ProviderTls(PeerTrust trust, SslContext first) {
        this.trust = trust;
        this.now = first;
    }

    /**
     * Of a bundle.
     *
     * @param bundle if it is empty, whom the JVM trusts is trusted
     */
    public static ProviderTls of(Optional<SslBundle> bundle, PeerTrust trust) {
        return new ProviderTls(
                trust, bundle.map(given -> TlsContexts.of(given, trust)).orElseGet(() -> TlsContexts.ofJvm(trust)));
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
