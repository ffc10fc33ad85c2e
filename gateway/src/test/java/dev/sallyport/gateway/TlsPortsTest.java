package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.gateway.tls.TlsProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS at both edges and on the management port, over real sockets. */
@Timeout(180)
final class TlsPortsTest {
    private static final String PEM = "--spring.ssl.bundle.pem.";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all
    private static Certificate localhost;

    @SuppressWarnings("NullAway.Init") // set before all
    private static HttpClient client;

    @SuppressWarnings("NullAway.Init") // set before all
    private static SSLContext trusting;

    @BeforeAll
    static void make() throws Exception {
        localhost = Certificate.of(folder, "dns:localhost");
        trusting = localhost.trusting();
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting)
                .build();
    }

    @Test
    void calls_have_tls_and_probes_stay_plain() throws Exception {
        try (var provider = TlsProvider.speaking(localhost, "TLSv1.2");
                var gateway = gateway(provider, "TLSv1.2")) {
            assertThat(call(gateway).statusCode()).isEqualTo(404);
            assertThat(call(gateway).headers().firstValue("Sallyport-Rejection"))
                    .as("the provider's own answer")
                    .isEmpty();
            assertThat(get("http://localhost:" + gateway.managementPort() + "/actuator/health/readiness")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(get("http://localhost:" + gateway.managementPort() + "/actuator/prometheus")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_version_that_is_not_enabled_is_not_spoken_to_the_provider_and_management_may_have_tls_of_its_own()
            throws Exception {
        try (var provider = TlsProvider.speaking(localhost, "TLSv1.2");
                var gateway = gateway(provider, "TLSv1.3", "--management.server.ssl.bundle=web")) {
            assertThat(call(gateway).headers().firstValue("Sallyport-Rejection"))
                    .contains("PROVIDER_UNREACHABLE");
            assertThat(get("https://localhost:" + gateway.managementPort() + "/actuator/health/readiness")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** With TLS 1.2 the end of one side ends both (RFC 5246, 7.2.1). */
    @Test
    void a_caller_who_ends_its_side_of_tls_gets_its_answer_and_then_the_end() throws Exception {
        try (var provider = TlsProvider.speaking(localhost, "TLSv1.2");
                var gateway = gateway(provider, "TLSv1.2");
                var socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", gateway.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.3"});
            String body = "{\"session_token\":\"t\"}";
            socket.getOutputStream()
                    .write((RawHttp.head(
                                            "POST /v1/sessions/revoke HTTP/1.1",
                                            RawCalls.HOST,
                                            RawCalls.JSON,
                                            "Content-Length: " + body.length())
                                    + body)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 ").endsWith("}");
        }
    }

    private static TestGateway gateway(TlsProvider provider, String version, String... more) throws Exception {
        String[] settings = {
            PEM + "web.keystore.certificate=" + localhost.certificate(),
            PEM + "web.keystore.private-key=" + localhost.privateKey(),
            PEM + "provider.truststore.certificate=" + localhost.certificate(),
            PEM + "provider.options.enabled-protocols=" + version,
            "--server.ssl.bundle=web",
            "--sallyport.provider.ssl-bundle=provider",
            more.length == 0 ? "--server.shutdown=graceful" : more[0]
        };
        return TestGateway.inFrontOf("https://localhost:" + provider.port(), settings);
    }

    private static HttpResponse<String> call(TestGateway gateway) throws Exception {
        var call = HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + "/v1/sessions/revoke"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"session_token\":\"t\"}"));
        return client.send(call.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
