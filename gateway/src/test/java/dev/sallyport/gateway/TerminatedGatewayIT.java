package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.gateway.ShippedJar.Run;
import dev.sallyport.gateway.tls.Certificate;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a shipped gateway does when it is told to end. */
@Timeout(180)
class TerminatedGatewayIT {
    private static final String LATE = """
            {"status_code":404,"request_id":"request-id-test-1","error_type":"late","error_message":"late",\
            "error_url":"https://errors.invalid"}""";
    private static final String PROVIDER = "--sallyport.provider.base-url=http://127.0.0.1:1";
    private static final Pattern PORTS = Pattern.compile("Sallyport serves on port (\\d+); management on port (\\d+)");

    @TempDir
    Path folder;

    @Test
    void a_gateway_that_is_terminated_in_the_middle_of_its_start_ends_without_a_word() throws Exception {
        try (var gateway = ShippedJar.start(
                folder,
                "run",
                PROVIDER,
                "--server.port=0",
                "--management.server.port=0",
                "--logging.level.org.springframework.beans.factory.support=debug")) {
            gateway.writtenOnce(text -> text.contains("Creating shared instance"));

            gateway.terminate();
            Run run = gateway.ended();

            assertThat(run.status()).as("128 and SIGTERM").isEqualTo(143);
            assertThat(run.output()).doesNotContain("\tat ", "serves on port", "ERROR", "sallyport: ");
        }
    }

    @Test
    void a_terminated_gateway_takes_calls_for_a_while_then_none_and_answers_the_one_in_flight() throws Exception {
        var asked = new CountDownLatch(2);
        var mayAnswer = new CountDownLatch(1);
        HttpServer provider = provider(asked, mayAnswer);
        try (var gateway = ShippedJar.start(folder, arguments(provider, "--sallyport.drain.delay=3s"))) {
            String started = gateway.writtenOnce(text -> PORTS.matcher(text).find());
            int port = port(started, 1);
            assertThat(readiness(port(started, 2))).isEqualTo(200);
            CompletableFuture<HttpResponse<String>> early = call(port);

            gateway.terminate();
            gateway.writtenOnce(text -> text.contains("readiness is down"));
            assertThat(readiness(port(started, 2))).isEqualTo(503);
            CompletableFuture<HttpResponse<String>> late = call(port);
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            awaitClosed(port);
            assertThat(readiness(port(started, 2))).isEqualTo(503);
            mayAnswer.countDown();

            for (CompletableFuture<HttpResponse<String>> call : List.of(early, late)) {
                assertThat(call.get(30, TimeUnit.SECONDS).body()).isEqualTo(LATE);
                assertThat(call.get().headers().firstValue("Connection")).hasValue("close");
            }
            Run run = gateway.ended();
            assertThat(run.status()).as("128 and SIGTERM").isEqualTo(143);
            assertThat(run.output())
                    .containsSubsequence(
                            "readiness is down, and calls are taken for 3s more",
                            "no connections are taken any more; calls in flight have 40s connections=\"2\" requests=\"2\"",
                            "every call was answered")
                    .doesNotContain("ERROR", "WARN", "\tat ");
        } finally {
            mayAnswer.countDown();
            provider.stop(0);
        }
    }

    @Test
    void a_client_that_asks_for_another_handshake_loses_its_connection() throws Exception {
        var certificate = Certificate.of(folder, "dns:localhost");
        try (var gateway = ShippedJar.start(
                folder,
                "run",
                PROVIDER,
                "--server.port=0",
                "--management.server.port=0",
                "--sallyport.drain.delay=0s",
                "--server.ssl.bundle=web",
                "--spring.ssl.bundle.jks.web.keystore.location=" + certificate.store(),
                "--spring.ssl.bundle.jks.web.keystore.password=" + Certificate.PASSWORD)) {
            int port = port(gateway.writtenOnce(text -> PORTS.matcher(text).find()), 1);
            try (var socket =
                    (SSLSocket) certificate.trusting().getSocketFactory().createSocket("localhost", port)) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.startHandshake();

                socket.startHandshake();

                assertThatThrownBy(() -> socket.getInputStream().read())
                        .isInstanceOf(SSLHandshakeException.class)
                        .hasMessageContaining("handshake_failure");
            }
            gateway.terminate();
            assertThat(gateway.ended().output()).doesNotContain("ERROR", "WARN", "\tat ");
        }
    }

    @Test
    void ctrl_c_answers_the_call_in_flight_and_leaves_the_wait_out() throws Exception {
        var asked = new CountDownLatch(1);
        var mayAnswer = new CountDownLatch(1);
        HttpServer provider = provider(asked, mayAnswer);
        try (var gateway = ShippedJar.startAtKeyboard(folder, arguments(provider, "--sallyport.drain.delay=10m"))) {
            int port = port(gateway.writtenOnce(text -> PORTS.matcher(text).find()), 1);
            CompletableFuture<HttpResponse<String>> call = call(port);
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

            gateway.interrupt();
            awaitClosed(port);
            mayAnswer.countDown();

            assertThat(call.get(30, TimeUnit.SECONDS).body()).isEqualTo(LATE);
            Run run = gateway.ended();
            assertThat(run.status()).as("128 and SIGINT").isEqualTo(130);
            assertThat(run.output()).contains("every call was answered").doesNotContain("readiness is down");
        } finally {
            mayAnswer.countDown();
            provider.stop(0);
        }
    }

    @Test
    void a_second_signal_ends_it_at_once() throws Exception {
        try (var gateway = ShippedJar.start(
                folder,
                "run",
                PROVIDER,
                "--server.port=0",
                "--management.server.port=0",
                "--sallyport.drain.delay=10m")) {
            gateway.writtenOnce(text -> PORTS.matcher(text).find());

            gateway.terminate();
            gateway.writtenOnce(text -> text.contains("readiness is down"));
            Waiting.until("it hears another one", () -> {
                gateway.terminate();
                return !gateway.isAlive();
            });

            Run run = gateway.ended();
            assertThat(run.status()).as("128 and SIGTERM").isEqualTo(143);
            assertThat(run.output()).contains("Stopping at once").doesNotContain("no connections are taken");
        }
    }

    private static String[] arguments(HttpServer provider, String... more) {
        return Stream.concat(
                        Stream.of(
                                "run",
                                "--sallyport.provider.base-url=http://127.0.0.1:"
                                        + provider.getAddress().getPort(),
                                "--server.port=0",
                                "--management.server.port=0",
                                "--sallyport.deadline=30s"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static int readiness(int managementPort) throws IOException {
        var url = URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness")
                .toURL();
        return ((HttpURLConnection) url.openConnection()).getResponseCode();
    }

    /** Answers with an error of its own, which no contract is about, when it is told to. */
    private static HttpServer provider(CountDownLatch asked, CountDownLatch mayAnswer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.countDown();
                mayAnswer.await(30, TimeUnit.SECONDS);
                byte[] body = LATE.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(404, body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return server;
    }

    private static CompletableFuture<HttpResponse<String>> call(int port) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .sendAsync(request("http://127.0.0.1:" + port), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest request(String server) {
        return HttpRequest.newBuilder(URI.create(server + "/v1/sessions/revoke"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"session_token\":\"t\"}"))
                .build();
    }

    private static int port(String written, int which) {
        Matcher found = PORTS.matcher(written);
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(which));
    }

    /** That it stops accepting is how a gateway shows that it is about to end. */
    private static void awaitClosed(int port) {
        Waiting.until("the port is closed", () -> !accepts(port));
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
