package dev.sallyport.gateway;

import static dev.sallyport.gateway.LargeAnswers.LARGE_CALL;
import static dev.sallyport.gateway.LargeAnswers.SMALL_CALL;
import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawCalls.JSON;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers without credentials can take of the gateway, and what well-behaved ones get meanwhile. */
@Timeout(300)
final class CallersConnectionTest {
    private static final int PER_ADDRESS = 30;
    private static final int MOST = 40;
    private static final String LARGE = head("GET " + LARGE_CALL + " HTTP/1.1", HOST, AUTHORIZATION);
    private static final String SMALL = head("GET " + SMALL_CALL + " HTTP/1.1", HOST, AUTHORIZATION);
    private static final String NOWHERE = head("GET /v1/nowhere HTTP/1.1", HOST);
    private static final String TRICKLED = head("POST /v1/nowhere HTTP/1.1", HOST, JSON, "Content-Length: 60000");

    private static LargeAnswers provider;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        provider = new LargeAnswers(900_000);
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--sallyport.request.max-connections=" + MOST,
                "--sallyport.request.max-connections-per-address=" + PER_ADDRESS,
                "--sallyport.request.write-timeout=1s",
                "--sallyport.request.max-unread=2MB");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    @Test
    void a_hundred_requests_that_came_at_once_are_answered_in_their_order() throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send((SMALL + NOWHERE).repeat(50));

            for (int round = 0; round < 50; round++) {
                assertThat(client.read().header("Sallyport-Rejection")).isEmpty();
                assertThat(client.read().header("Sallyport-Rejection")).isEqualTo("UNKNOWN_OPERATION");
            }
            client.send(SMALL);
            assertThat(client.read().header("Sallyport-Rejection")).isEmpty();
        }
    }

    @Test
    void an_answer_before_the_end_of_a_body_arrives_and_is_the_last() throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(TRICKLED + "x".repeat(100));

            Answer answer = client.read();
            client.send("x".repeat(20_000));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void a_refusal_arrives_although_the_caller_goes_on_sending() throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send("POST  /v1/nowhere HTTP/1.1\r\n" + "x".repeat(500_000));

            assertThat(client.read().header("Sallyport-Rejection")).isEqualTo("MALFORMED_HTTP");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void bodies_that_trickle_to_where_nothing_is_served_do_not_keep_others_out() throws Exception {
        List<Socket> trickling = new ArrayList<>();
        for (int count = 0; count < PER_ADDRESS; count++) {
            trickling.add(trickling());
        }

        Waiting.until("a good call is served", () -> {
            for (Socket socket : trickling) {
                trickle(socket);
            }
            return ask(SMALL).status() == 404;
        });

        close(trickling);
    }

    private static Socket trickling() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.getOutputStream().write(TRICKLED.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static void trickle(Socket socket) {
        try {
            socket.getOutputStream().write('x');
        } catch (IOException closed) {
            // as it should be
        }
    }

    @Test
    void answers_that_are_not_read_are_cut_and_counted() throws Exception {
        List<Socket> unread = new ArrayList<>();
        for (int count = 0; count < 20; count++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
            socket.setReceiveBufferSize(4096);
            socket.getOutputStream().write(LARGE.repeat(10).getBytes(StandardCharsets.ISO_8859_1));
            unread.add(socket);
        }

        Waiting.until("all are cut", () -> {
            double slow = gateway.counted("sallyport_answers_cut_total{why=\"too_slow\"}");
            return slow + gateway.counted("sallyport_answers_cut_total{why=\"too_much_unread\"}") >= 20;
        });
        assertThat(gateway.counted("sallyport_answers_cut_total{why=\"too_much_unread\"}"))
                .isPositive();
        assertThat(ask(SMALL).status()).isEqualTo(404);

        close(unread);
    }

    /** Before, a loop worked for up to a second on what one connection had sent ahead, and only then looked at the others. */
    @Test
    void requests_sent_ahead_take_turns_with_the_calls_of_others() throws Exception {
        var answers = new AtomicInteger();
        List<Thread> ofGreedy;
        try (var greedy = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
                var patient = new RawHttp(gateway.port())) {
            patient.send(SMALL);
            assertThat(patient.read().status()).isEqualTo(404);
            ofGreedy = List.of(new Thread(() -> sendAhead(greedy)), new Thread(() -> count(greedy, answers)));
            ofGreedy.forEach(Thread::start);
            Waiting.until("answers to what was sent ahead", () -> answers.get() > 10);

            int before = answers.get();
            for (int call = 0; call < 20; call++) {
                patient.send(SMALL);
                assertThat(patient.read().status()).isEqualTo(404);
            }

            assertThat(answers.get() - before).isLessThan(20 * 200);
        }
        for (Thread each : ofGreedy) {
            each.join();
        }
    }

    private static void sendAhead(Socket socket) {
        byte[] many = NOWHERE.repeat(1000).getBytes(StandardCharsets.ISO_8859_1);
        try {
            while (true) {
                socket.getOutputStream().write(many);
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void count(Socket socket, AtomicInteger answers) {
        byte[] buffer = new byte[8192];
        try {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                answers.addAndGet(text.split("HTTP/1\\.1 404", -1).length - 1);
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @Test
    void more_connections_than_one_address_may_have_are_closed_and_counted_and_another_is_served() throws Exception {
        double before = gateway.counted("sallyport_connections_refused_total{why=\"per_address\"}");
        List<Socket> open = new ArrayList<>();
        for (int count = 0; count < PER_ADDRESS + 5; count++) {
            open.add(new Socket(InetAddress.getLoopbackAddress(), gateway.port()));
        }

        Waiting.until(
                "five are refused",
                () -> gateway.counted("sallyport_connections_refused_total{why=\"per_address\"}") >= before + 5);
        InetAddress another = InetAddress.getByName("127.0.0.2");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port(), another, 0)) {
            socket.getOutputStream().write(SMALL.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }

        close(open);
    }

    @Test
    void a_flood_of_connections_is_told_in_a_line_without_an_address() throws Exception {
        List<Socket> open = new ArrayList<>();
        String told;
        try (var log = new LogCapture()) {
            log.quiet();
            for (int count = 0; count < PER_ADDRESS + 200; count++) {
                open.add(new Socket(InetAddress.getLoopbackAddress(), gateway.port()));
            }
            double refused = gateway.counted("sallyport_connections_refused_total{why=\"per_address\"}");
            assertThat(refused).isPositive();
            told = log.taken();
        }

        assertThat(told.lines().count()).isLessThan(5);
        assertThat(told).doesNotContain("127.0.0.1");
        close(open);
    }

    private static Answer ask(String request) throws IOException {
        try (var client = new RawHttp(gateway.port())) {
            client.send(request);
            return client.read();
        }
    }

    private static void close(List<Socket> sockets) throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        Waiting.until("there is room again", () -> ask(SMALL).status() == 404);
    }
}
