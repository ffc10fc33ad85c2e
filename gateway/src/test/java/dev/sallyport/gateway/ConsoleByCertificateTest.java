package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.tls.Certificate;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signing in to the console with a client's certificate, where no token is asked for. */
@Timeout(120)
final class ConsoleByCertificateTest {
    private static final String PEM = "--spring.ssl.bundle.pem.web.";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static Certificate localhost;
    private static HttpClient operator;
    private static HttpClient other;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        localhost = Certificate.of(folder, "dns:localhost");
        Certificate authority = Certificate.authority(folder);
        operator = client(Certificate.signedBy(authority, folder, "dns:operator"));
        other = client(Certificate.signedBy(authority, folder, "dns:other"));
        gateway = TestGateway.inFrontOf(
                "http://127.0.0.1:1",
                PEM + "keystore.certificate=" + localhost.certificate(),
                PEM + "keystore.private-key=" + localhost.privateKey(),
                PEM + "truststore.certificate=" + authority.certificate(),
                "--management.server.ssl.bundle=web",
                "--management.server.ssl.client-auth=need",
                "--sallyport.management.console-actions=true");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void a_session_belongs_to_the_certificate_that_it_began_with() throws Exception {
        assertThat(get(operator, "/console", "").statusCode()).isEqualTo(200);
        assertThat(get(operator, "/console/login", "").body()).contains("CN=signed", "Sign in with it");
        assertThat(get(operator, "/console/actions", "").headers().firstValue("Location"))
                .contains("/console/login");

        HttpResponse<String> in = signIn(operator);

        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(in.headers().firstValue("Location")).contains("/console/actions");
        String set = in.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).contains("Secure", "HTTPOnly", "SameSite=Strict");
        String cookie = set.substring(0, set.indexOf(';'));
        assertThat(get(operator, "/console/actions", cookie).body()).contains("CN=signed", "name=\"form\"");
        assertThat(get(other, "/console/actions", cookie).statusCode()).isEqualTo(303);
    }

    private static HttpResponse<String> get(HttpClient client, String path, String cookie) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
        return client.send(
                (cookie.isEmpty() ? request : request.header("Cookie", cookie)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> signIn(HttpClient client) throws Exception {
        return client.send(
                HttpRequest.newBuilder(address("/console/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(""))
                        .build(),
                BodyHandlers.ofString());
    }

    private static URI address(String path) {
        return URI.create("https://localhost:" + gateway.managementPort() + path);
    }

    private static HttpClient client(Certificate shown) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(localhost.certificate())) {
            trusted.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        context.init(shown.keyManagers().getKeyManagers(), trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }
}
