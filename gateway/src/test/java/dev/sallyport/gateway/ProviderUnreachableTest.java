package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.sandbox.Fixtures;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** By itself: two gateways in one process share Reactor Netty's event loops, and the first to close stops both. */
final class ProviderUnreachableTest {
    @Test
    void a_provider_on_a_closed_port_is_unreachable() throws IOException {
        try (var nowhere = TestGateway.inFrontOf("http://127.0.0.1:" + closedPort());
                var client = new RawHttp(nowhere.port())) {
            client.send(head(
                            "POST /v1/sessions/migrate HTTP/1.1",
                            "Host: gateway",
                            "Authorization: " + Fixtures.consumerAuthorization(),
                            "Content-Type: application/json",
                            "Content-Length: 23")
                    + "{\"session_token\":\"abc\"}");
            Answer answer = client.read();

            assertThat(answer.status()).as(answer.toString()).isEqualTo(502);
            assertThat(answer.header("Sallyport-Rejection")).isEqualTo("PROVIDER_UNREACHABLE");
            assertThat(answer.body()).contains("The call was not made.");
        }
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
