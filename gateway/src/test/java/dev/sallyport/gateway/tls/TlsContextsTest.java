package dev.sallyport.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.gateway.tls.client.TlsContexts;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import reactor.netty.http.client.HttpClient;

/** Options of SSL bundles, over real sockets. */
@Timeout(120)
final class TlsContextsTest {
    private static final String AES_128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
    private static final String AES_256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    private static final SslOptions TLS_1_3 = SslOptions.of(null, Set.of("TLSv1.3"));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all
    private static Certificate localhost;

    @BeforeAll
    static void make() throws Exception {
        localhost = Certificate.of(folder, "dns:localhost");
    }

    @Test
    void a_provider_of_an_older_version_than_is_enabled_is_not_spoken_to() throws Exception {
        try (var old = TlsProvider.speaking(localhost, "TLSv1.2")) {
            assertThat(status(old, bundle(localhost, SslOptions.NONE))).isEqualTo(404);
            assertThat(status(old, bundle(localhost, SslOptions.of(null, Set.of("TLSv1.2")))))
                    .isEqualTo(404);
            assertThatThrownBy(() -> status(old, bundle(localhost, TLS_1_3)))
                    .hasRootCauseInstanceOf(SSLException.class);
        }
    }

    @Test
    void a_provider_without_one_of_the_enabled_ciphers_is_not_spoken_to() throws Exception {
        try (var provider = TlsProvider.ciphering(localhost, "TLSv1.2", AES_128)) {
            assertThat(status(provider, bundle(localhost, SslOptions.of(Set.of(AES_128), null))))
                    .isEqualTo(404);
            assertThatThrownBy(() -> status(provider, bundle(localhost, SslOptions.of(Set.of(AES_256), null))))
                    .hasRootCauseInstanceOf(SSLException.class);
        }
    }

    @Test
    void ciphers_keep_the_order_in_which_they_are_preferred() throws Exception {
        List<String> preferred = List.of(
                "TLS_CHACHA20_POLY1305_SHA256",
                AES_256,
                "TLS_AES_128_GCM_SHA256",
                AES_128,
                "TLS_AES_256_GCM_SHA384",
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");

        SslBundle same = TlsContexts.withProtocols(
                bundle(localhost, SslOptions.of(new LinkedHashSet<>(preferred), Set.of("TLSv1.3", "TLSv1.2"))));

        assertThat(same.getOptions().getCiphers()).containsExactlyElementsOf(preferred);
    }

    @Test
    void the_protocol_of_a_bundle_is_in_force() throws Exception {
        SslBundle bundle = SslBundle.of(
                bundle(localhost, SslOptions.NONE).getStores(), SslBundleKey.NONE, SslOptions.NONE, "TLSv1.2");

        try (var newer = TlsProvider.speaking(localhost, "TLSv1.3");
                var old = TlsProvider.speaking(localhost, "TLSv1.2")) {
            assertThat(status(old, bundle)).isEqualTo(404);
            assertThatThrownBy(() -> status(newer, bundle)).hasRootCauseInstanceOf(SSLException.class);
        }
    }

    @Test
    void a_certificate_of_another_host_is_refused_whatever_the_options() throws Exception {
        Certificate other = Certificate.of(folder, "dns:other.example");

        try (var provider = TlsProvider.speaking(other, "TLSv1.3")) {
            assertThatThrownBy(() -> status(provider, bundle(other, TLS_1_3)))
                    .rootCause()
                    .hasMessageContaining("localhost");
        }
    }

    @Test
    void a_certificate_that_nothing_trusts_is_refused() throws Exception {
        Certificate other = Certificate.of(folder, "dns:*.localhost");

        try (var provider = TlsProvider.speaking(localhost, "TLSv1.3")) {
            assertThatThrownBy(() -> status(provider, bundle(other, TLS_1_3)))
                    .rootCause()
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    @Test
    void what_nothing_supports_is_refused_before_the_first_call() {
        assertThatThrownBy(() -> TlsContexts.of(bundle(localhost, SslOptions.of(null, Set.of("TLSv9")))))
                .rootCause()
                .hasMessageContaining("TLSv9");
        assertThatThrownBy(() -> TlsContexts.of(bundle(localhost, SslOptions.of(Set.of("ROT13"), null))))
                .rootCause()
                .hasMessageContaining("ROT13");
    }

    private static SslBundle bundle(Certificate trusted, SslOptions options) {
        var store = new JksSslStoreDetails("PKCS12", null, "file:" + trusted.store(), Certificate.PASSWORD);
        return SslBundle.of(new JksSslStoreBundle(null, store), SslBundleKey.NONE, options);
    }

    private static @Nullable Integer status(TlsProvider provider, SslBundle bundle) {
        SslContext context = TlsContexts.of(bundle);
        return HttpClient.newConnection()
                .secure(spec -> spec.sslContext(context))
                .get()
                .uri("https://localhost:" + provider.port() + "/")
                .response()
                .map(response -> response.status().code())
                .block(Duration.ofSeconds(60));
    }
}
