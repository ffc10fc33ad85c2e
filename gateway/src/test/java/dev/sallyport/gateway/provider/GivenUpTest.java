package dev.sallyport.gateway.provider;

import static dev.sallyport.gateway.provider.PoolRig.LONG;
import static dev.sallyport.gateway.provider.PoolRig.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.provider.PoolRig.Text;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.Request;
import dev.sallyport.gateway.tls.client.TlsContexts;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

/** Calls that are given up, or answered, before they are done with: at each step, nothing of them stays. */
@Timeout(60)
final class GivenUpTest {
    private static final String REPLY = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    /** More than what lies between two sockets can hold. */
    private static final int LARGE = 32 * 1024 * 1024;

    private static PoolRig rig;

    @BeforeAll
    static void start() {
        rig = new PoolRig(2, Optional.of(TlsContexts.ofJvm()));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void while_the_connection_is_made() throws Exception {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var full = FullServer.of(busy)) {
            assertNothingStays(PoolRig.exchange(full.port(), "/"), false);
        }
    }

    @Test
    void while_tls_is_agreed_on() throws Exception {
        var heard = new CountDownLatch(1);
        Dialogues.Dialogue says_nothing = wire -> {
            wire.socket().getInputStream().read();
            heard.countDown();
            wire.socket().getInputStream().readAllBytes();
        };
        try (var server = new Dialogues(says_nothing)) {
            var exchange = new Exchange<>(request(server, "https", 1), 100, new Text());

            assertNothingStays(exchange, false, heard);
            await().until(() -> server.open() == 0);
        }
    }

    @Test
    void while_the_request_is_sent() throws Exception {
        var heard = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        Dialogues.Dialogue reads_the_head = wire -> {
            wire.path();
            heard.countDown();
            over.await();
        };
        try (var server = new Dialogues(reads_the_head)) {
            assertNothingStays(new Exchange<>(request(server, "http", LARGE), 100, new Text()), true, heard);
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 39})
    void while_the_reply_comes(int bytes) throws Exception {
        var heard = new CountDownLatch(1);
        Dialogues.Dialogue stops = wire -> {
            wire.path();
            wire.write(REPLY.substring(0, bytes));
            heard.countDown();
            wire.path();
        };
        try (var server = new Dialogues(stops)) {
            assertNothingStays(PoolRig.exchange(server.port(), "/"), true, heard);
            await().until(() -> server.open() == 0);
        }
    }

    /** The rest of the request is not sent, and nothing else behind it. */
    @Test
    void a_reply_before_the_request_was_sent_is_answered_and_ends_the_connection() throws Exception {
        Dialogues.Dialogue answers_early = wire -> {
            if (wire.path() != null) {
                wire.write(REPLY);
                wire.path();
            }
        };
        try (var server = new Dialogues(answers_early);
                var pool = rig.pool(limits(1, 1, LONG))) {
            for (int call = 1; call <= 2; call++) {
                var exchange = new Exchange<>(request(server, "http", LARGE), 100, new Text());
                CompletableFuture<String> reply = rig.send(pool, exchange, 0);

                assertThat(reply.get(30, TimeUnit.SECONDS)).isEqualTo("{}");
                await().until(() -> pool.open() == 0);
                assertThat(server.connections()).isEqualTo(call);
            }
        }
    }

    private static void assertNothingStays(Exchange<String> exchange, boolean left, CountDownLatch... heard)
            throws Exception {
        try (ConnectionPool pool = rig.pool(limits(1, 1, LONG))) {
            Disposable call = pool.send(exchange).subscribe();
            await().until(() -> pool.open() == 1);
            for (CountDownLatch each : heard) {
                assertThat(each.await(30, TimeUnit.SECONDS)).isTrue();
            }
            call.dispose();

            await().until(() -> pool.open() == 0);
            assertThat(pool.pending()).isZero();
            assertThat(exchange.mayHaveLeft()).isEqualTo(left);
        }
    }

    private static Request request(Dialogues server, String scheme, int bytes) {
        return Request.of(
                PoolRig.target(scheme + "://127.0.0.1:" + server.port()), HttpMethod.POST, "/", new byte[bytes]);
    }
}
