package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many connections to the management port may be open. */
@Timeout(180)
final class ManagementConnectionsTest {
    private static final int MOST = 20;
    private static final String REFUSED = "sallyport_management_refusals_total{why=\"connections\"}";
    private static final byte[] PROBE =
            "GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TestGateway gateway = TestGateway.inFrontOf(
            "http://127.0.0.1:1",
            "--sallyport.session-token.mode=off",
            "--sallyport.request.idle-timeout=10m",
            "--sallyport.management.max-connections=" + MOST);
    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        letGo();
        gateway.close();
    }

    private void letGo() throws IOException {
        for (Socket each : open) {
            each.close();
        }
    }

    @Test
    void one_address_may_have_half_of_all_and_all_are_bounded() throws Exception {
        try (var log = new LogCapture()) {
            log.quiet();
            answered(MOST / 2, "127.0.0.1");
            assertThat(isClosed("127.0.0.1")).isTrue();
            answered(MOST / 2, "127.0.0.2");
            assertThat(isClosed("127.0.0.3")).isTrue();

            await().untilAsserted(() ->
                    assertThat(log.taken()).containsOnlyOnce("Connections to the management port are closed at once"));
        }
        letGo();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(gateway.counted(REFUSED)).isGreaterThanOrEqualTo(2));
    }

    private void answered(int connections, String from) throws IOException {
        for (int each = 0; each < connections; each++) {
            Socket client = connected(from);
            open.add(client);
            client.getOutputStream().write(PROBE);
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }
    }

    private boolean isClosed(String from) throws IOException {
        try (Socket client = connected(from)) {
            return client.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private Socket connected(String from) throws IOException {
        var client =
                new Socket(InetAddress.getLoopbackAddress(), gateway.managementPort(), InetAddress.getByName(from), 0);
        client.setSoTimeout(60_000);
        return client;
    }
}
