package dev.sallyport.gateway.tls.client;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/** A Spring SSL bundle as a Netty client context, with the bundle's options in force. */
public final class TlsContexts {
    /** Those that are spoken, unless a bundle says less. */
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** A session that is taken up again shows no certificate, so it is not taken up for long. */
    private static final long SESSION_SECONDS = Duration.ofHours(1).toSeconds();

    private TlsContexts() {}

    /** A context that checks host names; an {@link IllegalStateException} if nothing supports what the bundle asks for. */
    public static SslContext of(SslBundle bundle) {
        return of(bundle, PeerTrust.usual());
    }

    static SslContext of(SslBundle bundle, PeerTrust trust) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient();
            customize(bundle, trust, builder);
            SslContext context = builder.build();
            ReferenceCountUtil.release(context.newEngine(ByteBufAllocator.DEFAULT)); // what is unsupported shows here
            return context;
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new IllegalStateException("the SSL bundle cannot be used", unusable);
        }
    }

    /** Puts a bundle into a client context that is being built elsewhere; it will check host names. */
    public static void customize(SslBundle bundle, SslContextBuilder builder) {
        customize(bundle, PeerTrust.usual(), builder);
    }

    private static void customize(SslBundle bundle, PeerTrust trust, SslContextBuilder builder) {
        strict(builder, trust.over(bundle.getManagers().getTrustManagerFactory()))
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .protocols(protocols(bundle));
        Optional.ofNullable(bundle.getOptions().getCiphers()).map(List::of).ifPresent(builder::ciphers);
    }

    /** A context that checks host names, and trusts whom the JVM trusts. */
    public static SslContext ofJvm() {
        return ofJvm(PeerTrust.usual());
    }

    static SslContext ofJvm(PeerTrust trust) {
        try {
            TrustManagerFactory jvm = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            jvm.init((KeyStore) null);
            return strict(SslContextBuilder.forClient(), trust.over(jvm))
                    .protocols(PROTOCOLS)
                    .build();
        } catch (SSLException | GeneralSecurityException unusable) {
            throw new IllegalStateException("the JVM's trust store cannot be used", unusable);
        }
    }

    private static SslContextBuilder strict(SslContextBuilder builder, TrustManager trust) {
        return builder.trustManager(trust)
                .endpointIdentificationAlgorithm("HTTPS")
                .sessionTimeout(SESSION_SECONDS);
    }

    /** The same bundle, whose protocols are written out, so that they are in force wherever it is used. Its ciphers keep their order. */
    public static SslBundle withProtocols(SslBundle bundle) {
        SslOptions options = SslOptions.of(bundle.getOptions().getCiphers(), protocols(bundle));
        return SslBundle.of(bundle.getStores(), bundle.getKey(), options, bundle.getProtocol(), bundle.getManagers());
    }

    /** Those that are enabled by name, else those of a protocol of its own, else all that are spoken. None before TLS 1.2. */
    private static String[] protocols(SslBundle bundle) {
        @Nullable String[] enabled = bundle.getOptions().getEnabledProtocols();
        if (enabled != null) {
            Stream.of(enabled)
                    .filter(protocol -> !PROTOCOLS.contains(protocol))
                    .findFirst()
                    .ifPresent(TlsContexts::isNotSpoken);
            return enabled;
        }
        if (SslBundle.DEFAULT_PROTOCOL.equals(bundle.getProtocol())) {
            return PROTOCOLS.toArray(String[]::new);
        }
        String[] own = Stream.of(
                        bundle.createSslContext().getDefaultSSLParameters().getProtocols())
                .filter(PROTOCOLS::contains)
                .toArray(String[]::new);
        if (own.length == 0) {
            isNotSpoken(bundle.getProtocol());
        }
        return own;
    }

    private static void isNotSpoken(String protocol) {
        throw new IllegalArgumentException(
                "the protocols must be TLSv1.2 and TLSv1.3, or one of them; was " + protocol);
    }
}
