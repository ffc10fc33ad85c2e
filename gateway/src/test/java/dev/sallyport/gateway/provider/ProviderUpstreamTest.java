package dev.sallyport.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Call;
import dev.sallyport.call.Caller;
import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.call.RequestLine;
import dev.sallyport.config.EgressSettings;
import dev.sallyport.config.provider.PoolSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.enforcement.ReplyReading;
import dev.sallyport.contract.file.PackFiles;
import dev.sallyport.contract.pack.PackCompiler;
import dev.sallyport.gateway.provider.egress.Egress;
import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.gateway.tls.client.PeerTls;
import dev.sallyport.gateway.tls.client.PeerTrust;
import dev.sallyport.json.StrictJson;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/** One call against a socket, without a gateway around it: what went wrong is said, and kept as a cause. */
@Timeout(60)
final class ProviderUpstreamTest {
    private static final Contract CONTRACT =
            PackCompiler.load(PackFiles.of("stytch"), new StrictJson(32)).contracts().stream()
                    .filter(contract -> contract.operation().id().equals("sessions.list"))
                    .findFirst()
                    .orElseThrow();
    private static final int REPLY_LIMIT = 4096;
    private static final String EMPTY_LIST =
            "{\"status_code\":200,\"request_id\":\"request-id-test-1\",\"sessions\":[]}";
    private static final String GOOD = reply(EMPTY_LIST);

    @Test
    void a_name_that_does_not_resolve_is_told_as_such() {
        Rejection rejection = refused(call("http://nowhere.invalid", pool(true)));

        assertThat(rejection.reason()).isEqualTo(Reason.PROVIDER_UNREACHABLE);
        assertThat(rejection.message()).contains("its name could not be resolved", "The call was not made.");
        assertThat(rejection.cause()).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void a_refused_connection_is_told_as_such() throws IOException {
        Rejection rejection = refused(call("http://127.0.0.1:1", pool(true)));

        assertThat(rejection.message()).contains("no connection was accepted", "The call was not made.");
        assertThat(rejection.cause()).isInstanceOf(ConnectException.class);
    }

    @Test
    void tls_to_a_port_that_speaks_none_is_told_as_such() throws Exception {
        try (var server = new RawServer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
            Rejection rejection = refused(call("https://127.0.0.1:" + server.port(), pool(true)));

            assertThat(rejection.message()).contains("TLS could not be established", "The call was not made.");
            assertThat(rejection.cause()).isInstanceOf(SSLException.class);
        }
    }

    /** What a port may do that is spoken TLS to. */
    private enum AtHello {
        HANGS_UP,
        RESETS,
        SAYS_NOTHING
    }

    @ParameterizedTest
    @EnumSource
    void tls_that_is_not_answered_is_told_as_such(AtHello how) throws Exception {
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            new Thread(() -> meetHello(server, how)).start();
            Rejection rejection = refused(call("https://127.0.0.1:" + server.getLocalPort(), pool(true)));

            assertThat(rejection.reason()).isEqualTo(Reason.PROVIDER_UNREACHABLE);
            assertThat(rejection.message()).contains("TLS could not be established", "The call was not made.");
            assertThat(rejection.cause()).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void a_connection_that_takes_longer_than_the_call_has_is_told_as_such() throws Exception {
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var clients = clients(true)) {
            new Thread(() -> meetHello(server, AtHello.SAYS_NOTHING)).start();
            Reply reply = upstream(clients, "https://127.0.0.1:" + server.getLocalPort())
                    .send(CALL.within(Deadline.in(Duration.ofMillis(200))))
                    .block();

            Rejection rejection = refused(Objects.requireNonNull(reply));
            assertThat(rejection.reason()).isEqualTo(Reason.PROVIDER_UNREACHABLE);
            assertThat(rejection.message())
                    .contains("no connection was made within the call's time", "The call was not made.");
            assertThat(reply.timing()).isEqualTo(Timing.NONE);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(clients.calls().open()).isZero());
        }
    }

    private static void meetHello(ServerSocket server, AtHello how) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
            if (how == AtHello.HANGS_UP) {
                socket.getInputStream().readNBytes(socket.getInputStream().available());
            } else if (how == AtHello.RESETS) {
                socket.setSoLinger(true, 0);
            } else {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException gone) {
            // The test is over.
        }
    }

    @Test
    void a_connection_that_breaks_may_have_carried_the_call() throws Exception {
        try (var server = new RawServer("")) {
            Rejection rejection = refused(call("http://127.0.0.1:" + server.port(), pool(true)));

            assertThat(rejection.reason()).isEqualTo(Reason.PROVIDER_UNREACHABLE);
            assertThat(rejection.message()).contains("It may have carried out the call.");
            assertThat(rejection.cause()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_reply_that_is_cut_at_any_byte_may_have_carried_the_call() throws Exception {
        try (var clients = clients(true)) {
            for (int length = 1; length < GOOD.length(); length++) {
                try (var server = RawServer.hangingUpAfter(GOOD.substring(0, length))) {
                    var cut = upstream(clients, "http://127.0.0.1:" + server.port());
                    Rejection rejection =
                            refused(Objects.requireNonNull(cut.send(CALL).block()));

                    assertThat(rejection.reason()).as("%s bytes", length).isEqualTo(Reason.PROVIDER_UNREACHABLE);
                    assertThat(rejection.message()).contains("It may have carried out the call.");
                }
            }
        }
    }

    @Test
    void tls_that_breaks_behind_the_request_may_have_carried_the_call(@TempDir Path folder) throws Exception {
        Certificate certificate = Certificate.of(folder, "ip:127.0.0.1");
        PeerTls tls = PeerTls.of(Optional.of(certificate.trusted()), PeerTrust.usual());
        Egress anywhere = Egress.of(EgressSettings.defaults());

        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var clients = new ProviderClients(pool(true), 1, tls, anywhere, HttpResources.get())) {
            new Thread(() -> breakTls(server, certificate)).start();
            String baseUrl = "https://127.0.0.1:" + server.getLocalPort();
            Rejection rejection = refused(
                    Objects.requireNonNull(upstream(clients, baseUrl).send(CALL).block()));

            assertThat(rejection.reason()).isEqualTo(Reason.PROVIDER_UNREACHABLE);
            assertThat(rejection.message()).contains("It may have carried out the call.");
            assertThat(rejection.cause()).hasCauseInstanceOf(SSLException.class);
        }
    }

    /** Reads a request's head over TLS, and answers with a record that is none. */
    private static void breakTls(ServerSocket server, Certificate certificate) {
        try (Socket socket = server.accept()) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(certificate.keyManagers().getKeyManagers(), null, null);
            var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, -1, false);
            tls.setUseClientMode(false);
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) tls.getInputStream().read());
            }
            socket.getOutputStream().write("no record at all".getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException | GeneralSecurityException gone) {
            // The test is over.
        }
    }

    @Test
    void a_head_that_is_too_large_is_told_as_such() throws Exception {
        String large = "X-Large: " + "x".repeat(9000);
        try (var server = new RawServer(GOOD.replace("\r\n\r\n", "\r\n" + large + "\r\n\r\n"))) {
            Rejection rejection = refused(call("http://127.0.0.1:" + server.port(), pool(true)));

            assertThat(rejection.reason()).isEqualTo(Reason.REPLY_BREAKS_CONTRACT);
            assertThat(rejection.violations()).singleElement().satisfies(violation -> {
                assertThat(violation.keyword()).isEqualTo("headers");
                assertThat(violation.message()).isEqualTo("must not have more than 8192 bytes of header fields");
            });
        }
    }

    @Test
    void a_body_that_is_too_large_breaks_the_contract() throws Exception {
        try (var server = new RawServer(reply(" ".repeat(REPLY_LIMIT) + "{}"))) {
            Rejection rejection = refused(call("http://127.0.0.1:" + server.port(), pool(true)));

            assertThat(rejection.violations())
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.keyword()).isEqualTo("size"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_connection_carries_one_call_after_another_if_it_may(boolean reuse) throws Exception {
        try (var server = new RawServer(GOOD);
                var clients = clients(reuse)) {
            String baseUrl = "http://127.0.0.1:" + server.port();
            var loop = Schedulers.fromExecutor(
                    HttpResources.get().onClient(LoopResources.DEFAULT_NATIVE).next());
            var upstream = upstream(clients, baseUrl);

            for (int i = 0; i < 3; i++) { // on one loop, so that a connection is given back before the next call
                assertThat(upstream.send(CALL).subscribeOn(loop).block()).isInstanceOf(Answer.class);
            }

            assertThat(server.connections()).isEqualTo(reuse ? 1 : 3);
        }
    }

    private static final ReadCall CALL = new ReadCall(
            Call.of(
                    "sessions.list",
                    new RequestLine("GET", "/v1/sessions?user_id=user-test-1"),
                    Headers.NONE,
                    new byte[0],
                    new Caller("project-test-1", "127.0.0.1")),
            Document.NONE);

    private Reply call(String baseUrl, PoolSettings pool) {
        try (var clients = clients(pool.reuse())) {
            return Objects.requireNonNull(upstream(clients, baseUrl).send(CALL).block());
        }
    }

    private static ProviderUpstream upstream(ProviderClients clients, String baseUrl) {
        return new ProviderUpstream(
                CONTRACT,
                new ProviderEndpoint(clients.calls(), URI.create(baseUrl), REPLY_LIMIT),
                new ReplyReading(CONTRACT));
    }

    private static ProviderClients clients(boolean reuse) {
        return ProviderClients.usual(pool(reuse), 1, HttpResources.get());
    }

    private static PoolSettings pool(boolean reuse) {
        return new PoolSettings(
                1,
                10,
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                reuse);
    }

    private static Rejection refused(Reply reply) {
        return ((Refusal) reply).rejection();
    }

    private static String reply(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }
}
