package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every request is answered over a kept connection, as probes, scrapers and pools of clients keep it, also when answers that are
 * given at once alternate with answers that come from another thread. (Reactor Netty 1.3.7 lost one of some dozens.)
 */
@Timeout(120)
final class KeptConnectionTest {
    private static final int ROUNDS = 1000;

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.inFrontOf("http://127.0.0.1:1", "--sallyport.retry.attempts=1");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void calls_are_answered() throws Exception {
        assertAnswered(
                gateway.port(),
                List.of(
                        new Expected("/nowhere", 404, "route_not_found"),
                        new Expected("/v1/sessions/jwks/project-test-1", 502, "provider_unreachable")));
    }

    @Test
    void probes_and_scrapes_are_answered() throws Exception {
        assertAnswered(
                gateway.managementPort(),
                List.of(
                        new Expected("/actuator/health", 200, "livenessState", "readinessState", "sessionKeys"),
                        new Expected("/actuator/health/liveness", 200, "\"status\":\"UP\""),
                        new Expected("/actuator/health/readiness", 200, "\"status\":\"UP\""),
                        new Expected("/actuator/keys", 200, "{"),
                        new Expected("/actuator/prometheus", 200, "jvm_")));
    }

    private record Expected(String path, int status, List<String> texts) {
        Expected(String path, int status, String... texts) {
            this(path, status, List.of(texts));
        }
    }

    private static void assertAnswered(int port, List<Expected> answers) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < ROUNDS; i++) {
            for (Expected expected : answers) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + expected.path()))
                        .timeout(Duration.ofSeconds(30))
                        .build();
                var answer = client.send(request, BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(expected.path()).isEqualTo(expected.status());
                assertThat(answer.body()).as(expected.path()).contains(expected.texts());
            }
        }
    }
}
