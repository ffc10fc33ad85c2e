package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.gateway.tls.Certificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers that prove themselves by client certificates, over sockets with TLS. */
@Timeout(180)
final class ClientCertificatesTest {
    private static final String PEM = "--spring.ssl.bundle.pem.web.";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static StubProvider provider;
    private static Certificate server;
    private static Certificate billing;
    private static Certificate nameless;
    private static Certificate untrusted;
    private static Certificate ended;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        provider = new StubProvider();
        server = Certificate.of(folder, "dns:localhost");
        billing = Certificate.of(folder, "dns:billing.example.com");
        nameless = Certificate.of(folder, "dns:another.example.com");
        untrusted = Certificate.another(folder, "dns:billing.example.com");
        ended = Certificate.expired(folder, "dns:billing.example.com");
        Path trusted = folder.resolve("trusted.pem");
        Files.writeString(
                trusted,
                Files.readString(billing.certificate())
                        + Files.readString(nameless.certificate())
                        + Files.readString(ended.certificate()));
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                PEM + "keystore.certificate=" + server.certificate(),
                PEM + "keystore.private-key=" + server.privateKey(),
                PEM + "truststore.certificate=" + trusted,
                "--server.ssl.bundle=web",
                "--server.ssl.client-auth=want",
                "--sallyport.session-token.mode=off",
                "--sallyport.provider.credentials=replace",
                "--sallyport.provider.projects[0].id=project-1",
                "--sallyport.provider.projects[0].secret=secret-of-the-provider",
                "--sallyport.callers.list[0].name=billing",
                "--sallyport.callers.list[0].certificates[0]=dns:billing.example.com",
                "--sallyport.callers.list[0].operations=*",
                "--sallyport.callers.list[0].projects=*",
                "--sallyport.callers.list[0].organizations=*");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    @Test
    void a_certificate_of_a_caller_proves_it_and_the_provider_sees_its_own_credentials() throws Exception {
        assertThat(call(billing).statusCode()).isEqualTo(200);

        assertThat(provider.asked(StubProvider.MIGRATE))
                .extracting(asked -> asked.headers().get("Authorization"))
                .containsOnly("Basic cHJvamVjdC0xOnNlY3JldC1vZi10aGUtcHJvdmlkZXI=");
        assertThat(gateway.counted("sallyport_callers_proven_total{by=\"certificate\",caller=\"billing\"}"))
                .isPositive();
    }

    @Test
    void a_trusted_certificate_that_is_no_callers_and_none_at_all_prove_nothing() throws Exception {
        assertThat(call(nameless).statusCode()).isEqualTo(401);
        assertThat(call(null).statusCode()).isEqualTo(401);
        assertThat(gateway.counted("sallyport_callers_refused_total{caller=\"(none)\",why=\"unknown_certificate\"}"))
                .isPositive();
    }

    /** TLS does not ask of one that is trusted by itself, nor again on a connection that is kept or of a session that is resumed. */
    @Test
    void a_certificate_that_has_ended_proves_nothing_although_tls_took_it() throws Exception {
        assertThat(call(ended).statusCode()).isEqualTo(401);
    }

    @Test
    void a_certificate_with_a_callers_name_that_is_not_trusted_gets_no_connection() {
        assertThatThrownBy(() -> call(untrusted)).isInstanceOf(IOException.class);
    }

    private static HttpResponse<String> call(@org.jspecify.annotations.Nullable Certificate own) throws Exception {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context(own))
                .build();
        URI uri = URI.create("https://localhost:" + gateway.port() + StubProvider.MIGRATE);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"session_token\":\"t\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext context(@org.jspecify.annotations.Nullable Certificate own) throws Exception {
        Path store = folder.resolve("server-trust.p12");
        server.trustedIn(store);
        var trusted = java.security.KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = own == null ? null : own.keyManagers().getKeyManagers();
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }
}
