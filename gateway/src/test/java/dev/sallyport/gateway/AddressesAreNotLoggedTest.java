package dev.sallyport.gateway;

import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.tls.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Callers who flood, reset, stop half-way or speak something else: no logger tells where they come from. */
@Timeout(180)
@EnabledOnOs(OS.LINUX) // which has all of 127.0.0.0/8
final class AddressesAreNotLoggedTest {
    private static final String CALLER = "127.0.0.77";
    private static final String GOOD = head("GET /v1/nowhere HTTP/1.1", HOST);
    private static final String CLIENT_HELLO = "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003";

    private static final List<String> HALVES = List.of(
            "",
            "GET /v1/now",
            head("POST /v1/sessions/migrate HTTP/1.1", HOST, JSON, "Content-Length: 500") + "{",
            head("POST /v1/sessions/migrate HTTP/1.1", HOST, JSON, "Transfer-Encoding: chunked") + "zz",
            head("POST /v1/nowhere HTTP/1.1", HOST, JSON, "Content-Length: 500") + "{",
            GOOD + GOOD.substring(0, 20),
            GOOD.repeat(50),
            CLIENT_HELLO,
            "\r\n\r\n\u0000\u0001\u0002 nothing that anything would take for HTTP \r\n\r\n");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void of_callers_to_a_plain_port() throws Exception {
        try (var gateway = TestGateway.inFrontOf(
                "http://127.0.0.1:1",
                "--sallyport.retry.attempts=1",
                "--sallyport.request.idle-timeout=500ms",
                "--sallyport.request.body-timeout=500ms",
                "--sallyport.request.max-connections-per-address=20")) {
            assertTellsNoAddress(gateway);
        }
    }

    @Test
    void of_callers_to_a_port_with_tls() throws Exception {
        var localhost = Certificate.of(folder, "dns:localhost");
        try (var gateway = TestGateway.inFrontOf(
                "http://127.0.0.1:1",
                "--spring.ssl.bundle.pem.web.keystore.certificate=" + localhost.certificate(),
                "--spring.ssl.bundle.pem.web.keystore.private-key=" + localhost.privateKey(),
                "--server.ssl.bundle=web",
                "--sallyport.request.idle-timeout=500ms",
                "--sallyport.request.max-connections-per-address=20")) {
            assertTellsNoAddress(gateway);
        }
    }

    private static void assertTellsNoAddress(TestGateway gateway) throws Exception {
        String told;
        try (var log = new LogCapture()) {
            log.informed();
            for (String half : HALVES) {
                reset(gateway, half);
                end(gateway, half);
            }
            awaitEnds(gateway);
            flood(gateway);
            told = log.taken();
        }

        assertThat(told).contains("dev.sallyport.connections");
        assertThat(told.lines().filter(line -> line.contains(CALLER))).isEmpty();
    }

    private static void reset(TestGateway gateway, String half) throws IOException {
        try (Socket socket = caller(gateway, half)) {
            socket.setSoLinger(true, 0);
        }
    }

    private static void end(TestGateway gateway, String half) throws IOException {
        try (Socket socket = caller(gateway, half)) {
            socket.shutdownOutput();
            drain(socket);
        }
    }

    /** Until the gateway has had enough of waiting, for all of them at a time. */
    private static void awaitEnds(TestGateway gateway) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        for (String half : HALVES) {
            waiting.add(caller(gateway, half));
        }
        for (Socket socket : waiting) {
            drain(socket);
            socket.close();
        }
    }

    private static void flood(TestGateway gateway) throws Exception {
        List<Socket> callers = new ArrayList<>();
        for (int count = 0; count < 60; count++) {
            callers.add(caller(gateway, ""));
        }
        Waiting.until(
                "some were refused",
                () -> gateway.scraped()
                        .anyMatch(line -> line.startsWith("sallyport_connections_refused_total{why=\"per_address\"}")
                                && !line.endsWith(" 0.0")));
        for (Socket caller : callers) {
            caller.close();
        }
    }

    private static Socket caller(TestGateway gateway, String half) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port(), InetAddress.getByName(CALLER), 0);
        socket.setSoTimeout(60_000); // a TLS handshake has ten seconds
        socket.getOutputStream().write(half.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static void drain(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException stuck) {
            throw new AssertionError("the connection was not ended", stuck);
        } catch (IOException reset) {
            // an end as well
        }
    }
}
