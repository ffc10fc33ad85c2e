package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gateway that stops still has to say. */
@Timeout(120)
final class StoppedGatewayTest {
    /** Before, its window ended after the process, or in the log of another gateway. */
    @Test
    @SuppressWarnings("try") // it is stopped within, to see what it says then
    void lines_that_were_left_out_are_told_before_it_is_gone() throws Exception {
        String told;
        try (var gateway = TestGateway.inFrontOf(
                        "http://127.0.0.1:1", "--sallyport.request.max-connections-per-address=1");
                var log = new LogCapture()) {
            log.quiet();
            refuseFive(gateway);
            gateway.close();
            told = log.taken();
        }

        assertThat(told)
                .containsSubsequence("one address has as many", "one address has as many", "… and 4 more like it");
    }

    private static void refuseFive(TestGateway gateway) throws IOException {
        List<Socket> open = new ArrayList<>();
        for (int count = 0; count < 6; count++) {
            open.add(new Socket(InetAddress.getLoopbackAddress(), gateway.port()));
        }
        Waiting.until(
                "five are refused",
                () -> gateway.scraped()
                        .anyMatch("sallyport_connections_refused_total{why=\"per_address\"} 5.0"::equals));
        for (Socket socket : open) {
            socket.close();
        }
    }
}
