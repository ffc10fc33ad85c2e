package dev.sallyport.gateway.tls.client;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.springframework.boot.ssl.SslBundle;

/** A Spring SSL bundle as a Netty client context, with the bundle's options in force. */
public final class TlsContexts {
    private TlsContexts() {}

    /** A context that checks host names; an {@link IllegalStateException} if nothing supports what the bundle asks for. */
    public static SslContext of(SslBundle bundle) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient();
            customize(bundle, builder);
            SslContext context = builder.build();
            ReferenceCountUtil.release(context.newEngine(ByteBufAllocator.DEFAULT)); // what is unsupported shows here
            return context;
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new IllegalStateException("the SSL bundle for the provider cannot be used", unusable);
        }
    }

    /** Puts a bundle into a client context that is being built elsewhere; it will check host names. */
    public static void customize(SslBundle bundle, SslContextBuilder builder) {
        builder.keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory())
                .endpointIdentificationAlgorithm("HTTPS");
        protocols(bundle).ifPresent(builder::protocols);
        Optional.ofNullable(bundle.getOptions().getCiphers()).map(List::of).ifPresent(builder::ciphers);
    }

    /** A context that checks host names, and trusts whom the JVM trusts. */
    public static SslContext ofJvm() {
        try {
            return SslContextBuilder.forClient()
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (SSLException unusable) {
            throw new IllegalStateException("the JVM's trust store cannot be used", unusable);
        }
    }

    /** Those that are enabled by name, else those of a protocol of its own. */
    private static Optional<String[]> protocols(SslBundle bundle) {
        Optional<String[]> enabled = Optional.ofNullable(bundle.getOptions().getEnabledProtocols());
        boolean isUsual = SslBundle.DEFAULT_PROTOCOL.equals(bundle.getProtocol());
        return enabled.isPresent() || isUsual
                ? enabled
                : Optional.of(
                        bundle.createSslContext().getDefaultSSLParameters().getProtocols());
    }
}
