package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.gateway.tls.TlsProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the options of a bundle say of TLS with callers, and certificates that either side asks the other for. */
@Timeout(120)
final class TlsOptionsTest {
    private static final String PEM = "--spring.ssl.bundle.pem.";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static final String TOKEN = "a-token-of-the-scraper-1";
    private static final String NEXT_TOKEN = "a-token-of-the-scraper-2";

    private static Path tokens;
    private static Certificate localhost;
    private static Certificate caller;
    private static Certificate ours;
    private static TlsProvider provider;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        localhost = Certificate.of(folder, "dns:localhost");
        tokens = Files.writeString(folder.resolve("tokens"), TOKEN + "\n");
        caller = Certificate.of(folder, "dns:caller");
        ours = Certificate.of(folder, "dns:gateway");
        provider = TlsProvider.servingOnly(ours, localhost);
        gateway = TestGateway.inFrontOf(
                "https://localhost:" + provider.port(),
                PEM + "web.keystore.certificate=" + localhost.certificate(),
                PEM + "web.keystore.private-key=" + localhost.privateKey(),
                PEM + "web.truststore.certificate=" + caller.certificate(),
                PEM + "web.options.enabled-protocols=TLSv1.3",
                PEM + "provider.truststore.certificate=" + localhost.certificate(),
                PEM + "provider.keystore.certificate=" + ours.certificate(),
                PEM + "provider.keystore.private-key=" + ours.privateKey(),
                "--server.ssl.bundle=web",
                "--server.ssl.client-auth=need",
                "--management.server.ssl.bundle=web",
                "--management.server.ssl.client-auth=need",
                "--sallyport.management.token-file=" + tokens,
                "--sallyport.provider.ssl-bundle=provider");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    @Test
    void a_caller_shows_its_certificate_to_the_gateway_and_the_gateway_its_own_to_the_provider() throws Exception {
        HttpResponse<String> answer = call(caller, "TLSv1.3");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Sallyport-Rejection"))
                .as("the provider's own answer")
                .isEmpty();
    }

    @Test
    void a_caller_without_a_certificate_or_with_one_that_is_not_trusted_is_not_served() {
        assertThatThrownBy(() -> call(null, "TLSv1.3")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> call(ours, "TLSv1.3")).isInstanceOf(IOException.class);
    }

    @Test
    void a_version_that_the_bundle_does_not_enable_is_not_spoken_to_callers() {
        assertThatThrownBy(() -> call(caller, "TLSv1.2")).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void who_asks_on_the_management_port_shows_a_certificate_and_a_token() throws Exception {
        assertThatThrownBy(() -> scraped(null, TOKEN)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> scraped(ours, TOKEN)).isInstanceOf(IOException.class);
        assertThat(scraped(caller, null).statusCode()).isEqualTo(401);
        assertThat(scraped(caller, "another-token-of-a-caller").headers().firstValue("WWW-Authenticate"))
                .contains("Bearer");
        assertThat(scraped(caller, TOKEN).statusCode()).isEqualTo(200);
        assertThat(scraped(caller, TOKEN).body())
                .containsPattern("sallyport_management_refusals_total\\{why=\"token\"} [1-9]")
                .doesNotContain(TOKEN);
        assertThat(asked(caller, "/actuator/health/liveness", null).statusCode())
                .isEqualTo(200);
        assertThat(asked(caller, "/actuator/health", null).statusCode()).isEqualTo(401);
    }

    /** Two are good meanwhile, so that a scraper may be told before or after the gateway. */
    @Test
    void a_token_is_replaced_while_the_gateway_runs() throws Exception {
        Files.writeString(tokens, NEXT_TOKEN + "\n" + TOKEN + "\n");
        assertThat(asked(caller, "/actuator/health", TOKEN).statusCode()).isEqualTo(200);
        assertThat(asked(caller, "/actuator/health", NEXT_TOKEN).statusCode()).isEqualTo(200);

        Files.writeString(tokens, NEXT_TOKEN + "\n");
        assertThat(asked(caller, "/actuator/health", TOKEN).statusCode()).isEqualTo(401);

        Files.delete(tokens);
        assertThat(asked(caller, "/actuator/health", NEXT_TOKEN).statusCode())
                .as("without the file none is admitted")
                .isEqualTo(401);
        Files.writeString(tokens, TOKEN + "\n");
    }

    private static HttpResponse<String> scraped(@Nullable Certificate shown, @Nullable String token) throws Exception {
        return asked(shown, "/actuator/prometheus", token);
    }

    private static HttpResponse<String> asked(@Nullable Certificate shown, String path, @Nullable String token)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.managementPort() + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client(shown, "TLSv1.3").send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> call(@Nullable Certificate shown, String version) throws Exception {
        var call = HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + "/v1/sessions/revoke"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"session_token\":\"t\"}"));
        return client(shown, version).send(call.build(), BodyHandlers.ofString());
    }

    private static HttpClient client(@Nullable Certificate shown, String version) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys =
                shown == null ? new KeyManager[0] : shown.keyManagers().getKeyManagers();
        context.init(keys, trusting().getTrustManagers(), null);
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }

    private static TrustManagerFactory trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(localhost.certificate())) {
            trusted.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust;
    }
}
