package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Probes over a kept connection, as an orchestrator or a load balancer makes them. */
@Timeout(120)
final class HealthTest {
    private static final int PROBES = 2000;

    @Test
    void every_probe_is_answered() throws Exception {
        try (TestGateway gateway = TestGateway.inFrontOf("http://127.0.0.1:1")) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            var health = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/actuator/health");
            HttpRequest probe = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(30))
                    .build();
            for (int i = 0; i < PROBES; i++) {
                assertThat(client.send(probe, BodyHandlers.ofString()).body())
                        .contains("livenessState", "readinessState", "sessionKeys", "\"status\":\"UP\"");
            }
        }
    }
}
