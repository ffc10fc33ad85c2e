package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to the management port that do not come, or not whole. */
@Timeout(180)
final class SlowManagementTest {
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.inFrontOf(
                "http://127.0.0.1:1",
                "--sallyport.session-token.mode=off",
                "--sallyport.request.idle-timeout=500ms",
                "--sallyport.request.body-timeout=500ms");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /actuator/health HTTP/1.1\r\nHost: loc",
                "POST /console/playground HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na",
                "POST /actuator/contracts HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
            })
    void hold_no_connection(String sent) throws Exception {
        try (var client = new Socket(InetAddress.getLoopbackAddress(), gateway.managementPort())) {
            client.setSoTimeout(30_000);
            client.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));

            String answered = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answered).as("the connection was closed").doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
        }
    }
}
