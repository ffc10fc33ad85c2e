package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.tls.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A whole gateway that stops, with TLS and a route of the operator's: everything in flight is answered, everything idle ends. */
@Timeout(180)
final class StoppedTlsGatewayTest {
    private static final String PEM = "--spring.ssl.bundle.pem.web.keystore.";
    private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";
    private static final String REPLY = "{\"status_code\":200,\"request_id\":\"request-1\"}";
    private static final String BODY = "{\"session_token\":\"t\"}";
    private static final String CALL = RawHttp.head(
                    "POST /v1/sessions/revoke HTTP/1.1",
                    RawCalls.HOST,
                    RawCalls.JSON,
                    "Content-Length: " + BODY.length())
            + BODY;
    private static final String OWN = RawHttp.head("GET /own HTTP/1.1", RawCalls.HOST);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private final CountDownLatch asked = new CountDownLatch(2);
    private final Sinks.Empty<Void> mayAnswer = Sinks.empty();

    @Test
    @SuppressWarnings("try") // it is stopped within
    void calls_and_routes_are_answered_over_tls_and_idle_and_half_made_connections_end() throws Exception {
        Certificate localhost = Certificate.of(folder, "dns:localhost");
        DisposableServer provider = provider();
        String address = "http://127.0.0.1:" + provider.port();
        try (var gateway = TestGateway.inFrontOf(
                        address,
                        PEM + "certificate=" + localhost.certificate(),
                        PEM + "private-key=" + localhost.privateKey(),
                        "--server.ssl.bundle=web",
                        "--sallyport.deadline=60s", // of a busy machine too
                        ROUTE + "id=own",
                        ROUTE + "uri=" + address,
                        ROUTE + "predicates[0]=Path=/own");
                var halfMade = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
                var idle = connected(localhost.trusting(), gateway.port());
                var call = connected(localhost.trusting(), gateway.port());
                var own = connected(localhost.trusting(), gateway.port())) {
            send(call, CALL);
            send(own, OWN);
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::close);
            assertThat(idle.getInputStream().read()).isNegative();
            assertThat(halfMade.getInputStream().read()).isNegative();
            assertThat(stopped).isNotDone();
            mayAnswer.tryEmitEmpty().orThrow();

            for (SSLSocket each : new SSLSocket[] {call, own}) {
                assertThat(rest(each))
                        .startsWith("HTTP/1.1 200 ")
                        .containsIgnoringCase("connection: close")
                        .endsWith(REPLY);
            }
            stopped.get(60, TimeUnit.SECONDS);
        } finally {
            provider.disposeNow();
        }
    }

    private DisposableServer provider() {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    asked.countDown();
                    return mayAnswer
                            .asMono()
                            .then(response.header("Content-Type", "application/json")
                                    .header("Content-Length", Integer.toString(REPLY.length()))
                                    .sendString(Mono.just(REPLY))
                                    .then());
                })
                .bindNow();
    }

    private static SSLSocket connected(SSLContext trusting, int port) throws IOException {
        var socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", port);
        socket.setSoTimeout(60_000);
        socket.startHandshake();
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
