package dev.sallyport.gateway.assembly;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;
import org.springframework.boot.ssl.SslBundle;

/** A Spring SSL bundle as a Netty client context. */
final class TlsContexts {
    private TlsContexts() {}

    static SslContext of(SslBundle bundle) {
        try {
            return SslContextBuilder.forClient()
                    .keyManager(bundle.getManagers().getKeyManagerFactory())
                    .trustManager(bundle.getManagers().getTrustManagerFactory())
                    .build();
        } catch (SSLException unusable) {
            throw new IllegalStateException("the SSL bundle for the provider cannot be used", unusable);
        }
    }
}
