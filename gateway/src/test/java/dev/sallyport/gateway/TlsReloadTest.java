package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.tls.Certificate;
import dev.sallyport.gateway.tls.TlsProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PEM files that are replaced while calls come in and go out: no call is lost, and files that cannot be used change nothing. */
@Timeout(180)
final class TlsReloadTest {
    private static final String PEM = "--spring.ssl.bundle.pem.";
    private static final String RELOADS = "sallyport_certificate_reloads_total{name=\"%s\",result=\"%s\"}";
    private static final String EXPIRY = "sallyport_certificate_expiry_timestamp_seconds{name=\"%s\",owner=\"%s\"}";
    private static final String BODY = "{\"session_token\":\"t\"}";
    private static final int CALLERS = 3;
    private static final int SOME = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean isOver;

    private Certificate first;
    private Certificate second;
    private TlsProvider provider;
    private TestGateway gateway;
    private SSLContext trusting;

    @BeforeEach
    void start() throws Exception {
        first = Certificate.of(folder, "dns:localhost");
        second = Certificate.another(folder, "dns:localhost");
        trusting = trusting(first, second);
        provider = TlsProvider.speaking(first, "TLSv1.3");
        isShownToCallers(first);
        isTrusted(Files.readString(first.certificate()));
        gateway = TestGateway.inFrontOf(
                "https://localhost:" + provider.port(),
                PEM + "web.keystore.certificate=" + folder.resolve("web.pem"),
                PEM + "web.keystore.private-key=" + folder.resolve("web.key"),
                PEM + "web.reload-on-update=true",
                PEM + "provider.truststore.certificate=" + folder.resolve("trusted.pem"),
                PEM + "provider.reload-on-update=true",
                "--spring.ssl.bundle.watch.file.quiet-period=100ms",
                "--server.ssl.bundle=web",
                "--sallyport.provider.ssl-bundle=provider",
                "--sallyport.provider.pool.max-life-time=1s",
                "--sallyport.provider.pool.evict-interval=100ms");
    }

    @AfterEach
    void stop() {
        isOver = true;
        callers.shutdownNow();
        gateway.close();
        provider.close();
    }

    @Test
    void certificates_of_both_sides_are_replaced_under_load_and_no_call_is_lost() throws Exception {
        Future<?> onOneConnection = callers.submit(this::callOnOneConnection);
        Future<?> onNewOnes = callers.submit(this::callOnNewConnections);
        Future<?> onOthers = callers.submit(this::callOnNewConnections);
        someCalls();
        assertEnds("web", "gateway", first);
        assertEnds("localhost", "provider", first);

        isShownToCallers(second);
        Waiting.until("the new certificate is shown", () -> shown().equals(second.shown()));
        someCalls();
        assertEnds("web", "gateway", second);

        isTrusted(Files.readString(first.certificate()) + Files.readString(second.certificate()));
        reloaded("provider", "ok", 1);
        provider.becomes(second);
        someCalls();
        Waiting.until(
                "it was verified", () -> gateway.counted(EXPIRY.formatted("localhost", "provider")) == end(second));
        isTrusted(Files.readString(second.certificate()));
        reloaded("provider", "ok", 2);
        someCalls();

        double refused = gateway.counted(RELOADS.formatted("web", "refused"));
        Files.copy(first.privateKey(), folder.resolve("web.key"), StandardCopyOption.REPLACE_EXISTING);
        Waiting.until("it is refused", () -> gateway.counted(RELOADS.formatted("web", "refused")) > refused);
        assertThat(shown()).as("a key of another certificate changes nothing").isEqualTo(second.shown());
        isTrusted("no certificate");
        reloaded("provider", "refused", 1);
        someCalls();

        isOver = true;
        for (Future<?> each : List.of(onOneConnection, onNewOnes, onOthers)) {
            each.get();
        }
    }

    /** Its connection outlives every change. */
    private @Nullable Void callOnOneConnection() throws Exception {
        try (var caller = new RawHttp(connected())) {
            while (!isOver) {
                call(caller, "Connection: keep-alive");
            }
        }
        return null;
    }

    private @Nullable Void callOnNewConnections() throws Exception {
        while (!isOver) {
            try (var caller = new RawHttp(connected())) {
                call(caller, "Connection: close");
            }
        }
        return null;
    }

    private void call(RawHttp caller, String connection) throws IOException {
        caller.send(RawHttp.head(
                        "POST /v1/sessions/revoke HTTP/1.1",
                        RawCalls.HOST,
                        RawCalls.JSON,
                        connection,
                        "Content-Length: " + BODY.length())
                + BODY);
        RawHttp.Answer answer = caller.read();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.header("Sallyport-Rejection")).as(answer.toString()).isEmpty();
        answered.incrementAndGet();
    }

    private void someCalls() {
        int before = answered.get();
        Waiting.until("calls are answered", () -> answered.get() > before + SOME);
    }

    private X509Certificate shown() throws IOException {
        try (var connection = connected()) {
            return (X509Certificate) connection.getSession().getPeerCertificates()[0];
        }
    }

    private SSLSocket connected() throws IOException {
        var socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", gateway.port());
        socket.startHandshake();
        return socket;
    }

    private void reloaded(String bundle, String result, int times) {
        Waiting.until(bundle + " is reloaded", () -> gateway.counted(RELOADS.formatted(bundle, result)) >= times);
    }

    private void assertEnds(String name, String owner, Certificate certificate) {
        Waiting.until("its end is told", () -> gateway.counted(EXPIRY.formatted(name, owner)) == end(certificate));
    }

    private static double end(Certificate certificate) throws Exception {
        return certificate.shown().getNotAfter().toInstant().getEpochSecond();
    }

    private void isShownToCallers(Certificate certificate) throws Exception {
        Files.copy(certificate.privateKey(), folder.resolve("web.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(certificate.certificate(), folder.resolve("web.pem"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void isTrusted(String pem) throws IOException {
        Files.writeString(folder.resolve("trusted.pem"), pem);
    }

    private static SSLContext trusting(Certificate... certificates) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (Certificate certificate : certificates) {
            trusted.setCertificateEntry(certificate.pin(), certificate.shown());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
