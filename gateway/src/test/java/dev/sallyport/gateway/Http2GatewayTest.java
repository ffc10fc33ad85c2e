package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.gateway.trace.Collector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** A whole gateway with HTTP/2 switched on: for callers, and for nothing else; with client certificates as over HTTP/1.1. */
@Timeout(180)
final class Http2GatewayTest {
    private static final String PEM = "--spring.ssl.bundle.pem.web.";
    private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";
    private static final String BODY = "{\"session_token\":\"t\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all
    private static StubProvider provider;

    @SuppressWarnings("NullAway.Init") // set before all
    private static Certificate billing;

    @SuppressWarnings("NullAway.Init") // set before all
    private static Certificate server;

    @SuppressWarnings("NullAway.Init") // set before all
    private static Collector collector;

    @SuppressWarnings("NullAway.Init") // set before all
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        provider = new StubProvider();
        server = Certificate.of(folder, "dns:localhost");
        billing = Certificate.of(folder, "dns:billing.example.com");
        collector = new Collector(shown(server));
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                PEM + "keystore.certificate=" + server.certificate(),
                PEM + "keystore.private-key=" + server.privateKey(),
                PEM + "truststore.certificate=" + billing.certificate(),
                "--server.ssl.bundle=web",
                "--server.ssl.client-auth=want",
                "--server.http2.enabled=true",
                "--sallyport.server-timing=true",
                "--sallyport.logs.access=true",
                "--sallyport.tracing.enabled=true",
                "--sallyport.tracing.sampling=100%",
                "--sallyport.tracing.endpoint=" + collector.endpoint(),
                "--sallyport.tracing.ssl-bundle=collector",
                "--spring.ssl.bundle.pem.collector.truststore.certificate=" + server.certificate(),
                "--sallyport.trusted-callers=127.0.0.1",
                "--sallyport.session-token.mode=off",
                "--sallyport.provider.credentials=replace",
                "--sallyport.provider.projects[0].id=project-1",
                "--sallyport.provider.projects[0].secret=secret-of-the-provider",
                "--sallyport.callers.list[0].name=billing",
                "--sallyport.callers.list[0].certificates[0]=dns:billing.example.com",
                "--sallyport.callers.list[0].operations=*",
                "--sallyport.callers.list[0].projects=*",
                "--sallyport.callers.list[0].organizations=*",
                ROUTE + "id=own",
                ROUTE + "uri=" + provider.baseUrl(),
                ROUTE + "predicates[0]=Path=/own");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        collector.close();
        provider.close();
    }

    @Test
    void a_caller_is_proven_by_its_certificate_and_told_where_the_time_went() throws Exception {
        HttpResponse<String> answer = call(client(Version.HTTP_2, true));

        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("server-timing")).isPresent();
        assertThat(gateway.counted("sallyport_callers_proven_total{by=\"certificate\",caller=\"billing\"}"))
                .isPositive();
    }

    @Test
    void a_caller_without_one_is_refused_over_either_version() throws Exception {
        for (Version version : Version.values()) {
            HttpResponse<String> answer = call(client(version, false));

            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Sallyport-Rejection")).contains("CALLER_UNPROVEN");
        }
    }

    @Test
    void the_line_and_the_trace_of_a_call_say_by_which_version_it_came() throws Exception {
        try (var log = new LogCapture()) {
            log.informed();
            for (Version version : Version.values()) {
                assertThat(call(client(version, true), "call-" + version).statusCode())
                        .isEqualTo(200);
                get(client(version, true), "https://localhost:" + gateway.port() + "/nowhere");
            }

            var lines = new StringBuilder();
            await().untilAsserted(() -> assertThat(lines.append(log.taken()).toString())
                    .containsPattern("request-id=\"call-HTTP_2\".* http-version=\"2\"")
                    .containsPattern("request-id=\"call-HTTP_1_1\".* http-version=\"1.1\"")
                    .containsPattern("operation=\"none\", http-version=\"2\"")
                    .containsPattern("operation=\"none\", http-version=\"1.1\""));
        }
        assertThat(collector.traceOf("call-HTTP_2"))
                .filteredOn(span ->
                        span.name().startsWith("POST ") && span.parentId().isEmpty())
                .singleElement()
                .satisfies(span ->
                        assertThat(span.told("network.protocol.version")).isEqualTo("2"));
    }

    @Test
    void what_no_route_takes_is_refused_and_a_route_of_ones_own_is_asked_over_http_1() throws Exception {
        HttpClient client = client(Version.HTTP_2, true);

        HttpResponse<String> unknown = get(client, "https://localhost:" + gateway.port() + "/nowhere");
        HttpResponse<String> own = get(client, "https://localhost:" + gateway.port() + "/own");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.headers().firstValue("Sallyport-Rejection")).contains("UNKNOWN_OPERATION");
        assertThat(own.version()).isEqualTo(Version.HTTP_2);
        assertThat(own.headers().firstValue("Sallyport-Rejection")).isEmpty();
        assertThat(provider.asked("/own")).isNotEmpty();
        assertThat(gateway.bean(ServerProperties.class).getHttp2().isEnabled())
                .as("what Spring Cloud Gateway takes for its own connections")
                .isFalse();
    }

    @Test
    void the_management_port_stays_at_http_1() throws Exception {
        HttpResponse<String> ready = get(
                client(Version.HTTP_2, false),
                "http://localhost:" + gateway.managementPort() + "/actuator/health/readiness");

        assertThat(ready.version()).isEqualTo(Version.HTTP_1_1);
        assertThat(ready.statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> get(HttpClient client, String address) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    private static SSLContext shown(Certificate certificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate.keyManagers().getKeyManagers(), null, null);
        return context;
    }

    private static HttpResponse<String> call(HttpClient client) throws Exception {
        return call(client, "call-1");
    }

    private static HttpResponse<String> call(HttpClient client, String requestId) throws Exception {
        URI uri = URI.create("https://localhost:" + gateway.port() + StubProvider.MIGRATE);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .header("X-Request-Id", requestId)
                        .POST(BodyPublishers.ofString(BODY))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpClient client(Version version, boolean proven) throws Exception {
        Path store = folder.resolve("server-trust.p12");
        server.trustedIn(store);
        var trusted = java.security.KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(proven ? billing.keyManagers().getKeyManagers() : null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().version(version).sslContext(context).build();
    }
}
