package dev.sallyport.gateway;

import static dev.sallyport.gateway.LargeAnswers.LARGE_CALL;
import static dev.sallyport.gateway.RawCalls.AUTHORIZATION;
import static dev.sallyport.gateway.RawCalls.HOST;
import static dev.sallyport.gateway.RawHttp.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.tls.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who end their side of TLS, alone or with the connection under it, and read slowly. */
@Timeout(300)
final class HalfClosedTlsCallerTest {
    private static final int HUGE = 12_000_000;
    private static final String GONE = "sallyport_answers_cut_total{why=\"caller_gone\"}";
    private static final String FAILED = "sallyport_answers_failed_total";
    private static final byte[] LARGE =
            head("GET " + LARGE_CALL + " HTTP/1.1", HOST, AUTHORIZATION).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static SSLContext trusting;
    private static LargeAnswers provider;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        Certificate localhost = Certificate.of(folder, "dns:localhost");
        trusting = localhost.trusting();
        provider = new LargeAnswers(HUGE);
        gateway = TestGateway.inFrontOf(
                provider.baseUrl(),
                "--spring.ssl.bundle.pem.web.keystore.certificate=" + localhost.certificate(),
                "--spring.ssl.bundle.pem.web.keystore.private-key=" + localhost.privateKey(),
                "--server.ssl.bundle=web",
                "--sallyport.provider.reply-limit=16MB");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    /** With the end of TLS the JDK ends the connection as well. */
    @Test
    void with_tls_1_3_they_get_large_answers_whole() throws Exception {
        try (var connection = connected();
                var tls = tls(connection, "TLSv1.3")) {
            tls.getOutputStream().write(LARGE);
            tls.shutdownOutput();

            assertThat(tls.getInputStream().readAllBytes()).hasSizeGreaterThan(HUGE);
        }
    }

    /** Without the end of TLS: a caller who ends the connection alone. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void who_end_the_connection_alone_get_large_answers_whole(String version) throws Exception {
        try (var connection = connected();
                var tls = tls(connection, version)) {
            tls.getOutputStream().write(LARGE);
            connection.shutdownOutput();

            assertThat(tls.getInputStream().readNBytes(HUGE)).hasSize(HUGE);
        }
    }

    /** With TLS 1.2 the end of one side ends both (RFC 5246, 7.2.1), and what is under way is lost. */
    @Test
    void with_tls_1_2_they_get_the_end_and_are_told_as_gone() throws Exception {
        double before = gateway.counted(GONE);

        try (var connection = connected();
                var tls = tls(connection, "TLSv1.2")) {
            tls.getOutputStream().write(LARGE);
            tls.shutdownOutput();

            assertThat(tls.getInputStream().readAllBytes()).hasSizeLessThan(HUGE);
        }
        Waiting.until("the caller is told as gone", () -> gateway.counted(GONE) > before);
        assertThat(gateway.counted(FAILED)).isZero();
    }

    /** Of the end of TLS and the reset behind it, either may fail a write of the answer first. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void who_leave_within_their_answer_are_told_as_gone_and_as_no_bug(String version) throws Exception {
        double before = gateway.counted(GONE);

        try (var connection = connected();
                var tls = tls(connection, version)) {
            tls.getOutputStream().write(LARGE);
            assertThat(tls.getInputStream().read()).isEqualTo('H');
            leave(connection, tls);
        }

        Waiting.until("the caller is told as gone", () -> gateway.counted(GONE) > before);
        assertThat(gateway.counted(FAILED)).isZero();
    }

    /** Nothing of the answer may have begun. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void who_leave_before_their_answer_are_told_and_as_no_bug(String version) throws Exception {
        double before = goneOrAborted();

        try (var connection = connected();
                var tls = tls(connection, version)) {
            tls.getOutputStream().write(LARGE);
            leave(connection, tls);
        }

        Waiting.until("it is told", () -> goneOrAborted() > before);
        assertThat(gateway.counted(FAILED)).isZero();
    }

    /** Closed by itself, the JDK's TLS 1.3 first reads what is under way. */
    private static void leave(Socket connection, SSLSocket tls) throws IOException {
        tls.shutdownOutput();
        connection.setSoLinger(true, 0);
        connection.close();
    }

    private static double goneOrAborted() throws IOException {
        return gateway.counted(GONE)
                + gateway.scraped()
                        .filter(line -> line.startsWith("sallyport_calls_seconds_count{")
                                && line.contains("outcome=\"client_abort\""))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                        .sum();
    }

    private static Socket connected() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
        return socket;
    }

    private static SSLSocket tls(Socket connection, String version) throws IOException {
        var tls = (SSLSocket) trusting.getSocketFactory().createSocket(connection, "localhost", gateway.port(), true);
        tls.setEnabledProtocols(new String[] {version});
        tls.startHandshake();
        return tls;
    }
}
