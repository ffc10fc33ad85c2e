package dev.sallyport.gateway.provider;

import static dev.sallyport.gateway.provider.PoolRig.LONG;
import static dev.sallyport.gateway.provider.PoolRig.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.provider.Dialogues.Wire;
import dev.sallyport.gateway.provider.PoolRig.Text;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.Request;
import dev.sallyport.gateway.tls.Certificate;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How TLS to a provider may end: with a word, without one, in the middle of a reply, or before it has begun. */
@Timeout(120)
final class TlsEndsTest {
    private static final String REPLY = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private static SSLContext provider;
    private static PoolRig rig;

    @BeforeAll
    static void start() throws Exception {
        Certificate localhost = Certificate.of(folder, "dns:localhost");
        provider = SSLContext.getInstance("TLS");
        provider.init(localhost.keyManagers().getKeyManagers(), null, null);
        rig = new PoolRig(
                1,
                Optional.of(SslContextBuilder.forClient()
                        .trustManager(localhost.certificate().toFile())
                        .build()));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    /** The connection itself stays open on the provider's side. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_connection_whose_tls_ends_carries_no_other_call(String protocol) throws Exception {
        var over = new CountDownLatch(1);
        Dialogues.Dialogue says_goodbye = wire -> {
            SSLSocket tls = secured(wire, protocol);
            var inside = new Wire(tls);
            inside.path();
            inside.write(REPLY);
            tls.shutdownOutput();
            over.await();
        };
        try (var server = new Dialogues(says_goodbye);
                var pool = rig.pool(limits(1, 1, LONG))) {
            for (int call = 1; call <= 3; call++) {
                assertThat(rig.send(pool, exchange(server), 0).get(30, TimeUnit.SECONDS))
                        .isEqualTo("{}");
                await().until(() -> pool.open() == 0);
                assertThat(server.connections()).isEqualTo(call);
            }
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_reply_that_is_cut_short_is_no_reply(String protocol) throws Exception {
        var bytes = new AtomicInteger();
        Dialogues.Dialogue breaks_off = wire -> {
            SSLSocket tls = secured(wire, protocol);
            var inside = new Wire(tls);
            inside.path();
            inside.write(REPLY.substring(0, bytes.get()));
            if (bytes.get() % 2 == 0) {
                tls.close();
            } // else without a word
        };
        try (var server = new Dialogues(breaks_off);
                var pool = rig.pool(limits(1, 1, LONG))) {
            for (; bytes.get() < REPLY.length(); bytes.addAndGet(3)) {
                Exchange<String> exchange = exchange(server);

                assertThat(catchThrowable(() -> rig.send(pool, exchange, 0).get(30, TimeUnit.SECONDS)))
                        .as("after %s bytes", bytes)
                        .cause()
                        .isInstanceOfAny(IOException.class, CodecException.class);
                assertThat(exchange.mayHaveLeft()).isTrue();
            }
            await().until(() -> pool.open() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "HTTP/1.1 400 Bad Request\r\n\r\n", "\u0015\u0003\u0003\0\u0002\u0002(", "\u0016\u0003"})
    void what_ends_before_tls_has_begun_was_not_sent(String bytes) throws Exception {
        Dialogues.Dialogue hangs_up = wire -> {
            wire.socket().getInputStream().read();
            wire.write(bytes);
        };
        try (var server = new Dialogues(hangs_up);
                var pool = rig.pool(limits(1, 1, LONG))) {
            Exchange<String> exchange = exchange(server);

            assertThat(catchThrowable(() -> rig.send(pool, exchange, 0).get(30, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(SSLException.class);
            assertThat(exchange.mayHaveLeft()).isFalse();
            await().until(() -> pool.open() == 0);
        }
    }

    private static SSLSocket secured(Wire wire, String protocol) throws IOException {
        Socket below = wire.socket();
        var tls = (SSLSocket) provider.getSocketFactory().createSocket(below, "localhost", below.getPort(), false);
        tls.setUseClientMode(false);
        tls.setEnabledProtocols(new String[] {protocol});
        return tls;
    }

    private static Exchange<String> exchange(Dialogues server) {
        var target = PoolRig.target("https://localhost:" + server.port());
        return new Exchange<>(Request.of(target, HttpMethod.GET, "/"), 1000, new Text());
    }
}
