package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.RawHttp.Answer;
import dev.sallyport.gateway.tls.Certificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where TLS to the provider cannot be made, no byte of a call leaves, its caller is told so, and the log says why. */
@Timeout(120)
final class TlsFailuresTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static final Map<Failure, Certificate> CERTIFICATES = new EnumMap<>(Failure.class);

    private static Provider provider;
    private static TestGateway gateway;
    private static LogCapture log;

    @BeforeAll
    static void start() throws Exception {
        CERTIFICATES.put(Failure.NONE, Certificate.of(folder, "dns:localhost"));
        CERTIFICATES.put(Failure.UNTRUSTED, Certificate.another(folder, "dns:localhost"));
        CERTIFICATES.put(Failure.ANOTHER_NAME, Certificate.of(folder, "dns:elsewhere"));
        provider = new Provider();
        String trusted = Files.readString(Failure.NONE.certificate().certificate())
                + Files.readString(Failure.ANOTHER_NAME.certificate().certificate());
        gateway = TestGateway.inFrontOf(
                "https://localhost:" + provider.server.port(),
                "--sallyport.provider.ssl-bundle=provider",
                "--spring.ssl.bundle.pem.provider.truststore.certificate="
                        + Files.writeString(folder.resolve("trusted.pem"), trusted),
                "--sallyport.provider.pool.connect-timeout=1s",
                "--sallyport.deadline=5s");
        log = new LogCapture();
        log.quiet();
    }

    @AfterAll
    static void stop() throws IOException {
        log.close();
        gateway.close();
        provider.close();
    }

    /** What is wrong, and what the log says of it. */
    private enum Failure {
        NONE("ended"),
        UNTRUSTED("PKIX path"),
        ANOTHER_NAME("No subject alternative DNS name matching localhost"),
        SPEAKS_NO_TLS("NotSslRecordException"),
        ENDS("SSL"),
        HANGS("timed out");

        private final String cause;

        Failure(String cause) {
            this.cause = cause;
        }

        Certificate certificate() {
            return Objects.requireNonNull(
                    CERTIFICATES.containsKey(this) ? CERTIFICATES.get(this) : CERTIFICATES.get(NONE));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void no_call_is_made_and_the_log_says_why(Failure failure) throws Exception {
        provider.becomes(failure);

        Answer answer = migrate();

        assertThat(answer.status()).as(answer.toString()).isEqualTo(502);
        assertThat(answer.header("Sallyport-Rejection")).isEqualTo("PROVIDER_UNREACHABLE");
        assertThat(answer.body()).contains("The call was not made.");
        assertThat(provider.requests.get()).isZero();
        assertThat(Waiting.until("its line", log::taken, text -> text.contains("sessions.migrate")))
                .contains(failure.cause);
    }

    /** The rig itself is in order: with a good certificate the call leaves. */
    @ParameterizedTest
    @EnumSource(names = "NONE")
    void with_a_good_certificate_the_call_leaves(Failure none) throws Exception {
        provider.becomes(none);

        assertThat(migrate().body()).contains("It may have carried out the call.");
        assertThat(provider.requests.get()).isEqualTo(1);
    }

    private static Answer migrate() throws IOException {
        try (var caller = new RawHttp(gateway.port())) {
            caller.send(RawCalls.call(RawCalls.LENGTH) + RawCalls.BODY);
            return caller.read();
        }
    }

    /** Ends each connection once a request has come. */
    private static final class Provider implements AutoCloseable {
        private final SocketServer server = new SocketServer(this::serve);
        private final AtomicInteger requests = new AtomicInteger();
        private volatile Failure failure = Failure.NONE;
        private volatile @Nullable SSLContext tls;

        Provider() throws IOException {}

        void becomes(Failure next) throws Exception {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(next.certificate().keyManagers().getKeyManagers(), null, null);
            failure = next;
            tls = context;
            requests.set(0);
            server.hangUp();
        }

        private void serve(Socket socket) throws IOException {
            switch (failure) {
                case SPEAKS_NO_TLS -> {
                    var unused = socket.getInputStream().read();
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                case ENDS -> {
                    var unused = socket.getInputStream().read();
                }
                case HANGS -> socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                default -> read(socket);
            }
        }

        private void read(Socket socket) throws IOException {
            SSLContext context = tls;
            if (context == null) {
                return;
            }
            try (var secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true)) {
                if (secured.getInputStream().read() >= 0) {
                    requests.incrementAndGet();
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
