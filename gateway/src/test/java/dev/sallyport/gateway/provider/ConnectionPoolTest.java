package dev.sallyport.gateway.provider;

import static dev.sallyport.gateway.provider.PoolRig.LONG;
import static dev.sallyport.gateway.provider.PoolRig.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sallyport.call.Reply.Timing;
import dev.sallyport.gateway.body.BodyTooLarge;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.NoConnection;
import dev.sallyport.gateway.provider.connection.PoolLimits;
import dev.sallyport.gateway.provider.connection.Request;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** A pool over several event loops, against sockets. */
@Timeout(60)
final class ConnectionPoolTest {
    private static final String REPLY = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final Duration SHORT = Duration.ofMillis(50);

    private static PoolRig rig;

    @BeforeAll
    static void start() {
        rig = new PoolRig(3, Optional.empty());
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void one_connection_serves_a_loop_for_as_long_as_it_is_in_order() throws Exception {
        try (var server = new RawServer(REPLY);
                var pool = rig.pool(limits(2, 1, LONG))) {
            for (int call = 0; call < 3; call++) {
                assertThat(sent(pool, server.port(), 0)).isEqualTo("{}");
            }

            assertThat(server.connections()).isEqualTo(1);
            assertThat(pool.idle()).isEqualTo(1);
        }
    }

    /** No loop keeps to itself what all may use, however few it is. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void the_limit_holds_for_all_loops_together(int connections) throws Exception {
        try (var server = new RawServer(REPLY);
                var pool = rig.pool(limits(connections, 1000, LONG))) {
            List<CompletableFuture<String>> calls = new ArrayList<>();
            for (int call = 0; call < 300; call++) {
                calls.add(send(pool, server.port(), call % 3));
                assertThat(pool.open()).isLessThanOrEqualTo(connections);
            }
            for (CompletableFuture<String> call : calls) {
                assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo("{}");
            }

            assertThat(pool.pending()).isZero();
            assertThat(pool.open()).isLessThanOrEqualTo(connections);
        }
    }

    @Test
    void an_idle_connection_of_another_loop_gives_way() throws Exception {
        try (var server = new RawServer(REPLY);
                var pool = rig.pool(limits(1, 1, LONG))) {
            assertThat(sent(pool, server.port(), 0)).isEqualTo("{}");
            assertThat(sent(pool, server.port(), 1)).isEqualTo("{}");
            assertThat(sent(pool, server.port(), 0)).isEqualTo("{}");

            assertThat(server.connections()).isEqualTo(3);
            await().until(() -> pool.open() == 1);
        }
    }

    @Test
    void an_idle_connection_to_elsewhere_gives_way() throws Exception {
        try (var server = new RawServer(REPLY);
                var other = new RawServer(REPLY);
                var pool = rig.pool(limits(1, 1, LONG))) {
            assertThat(sent(pool, server.port(), 0)).isEqualTo("{}");
            assertThat(sent(pool, other.port(), 0)).isEqualTo("{}");
        }
    }

    @Test
    void who_waits_for_too_long_or_behind_too_many_gets_none() throws Exception {
        try (var silent = new Silent();
                var pool = rig.pool(limits(1, 1, Duration.ofMillis(300)))) {
            Disposable holds =
                    Mono.defer(() -> pool.send(exchange(silent.port()))).subscribe();
            await().until(() -> silent.heard() > 0);
            CompletableFuture<String> waits = send(pool, silent.port(), 1);
            await().until(() -> pool.pending() == 1);

            assertThatThrownBy(() -> sent(pool, silent.port(), 2))
                    .hasCauseInstanceOf(NoConnection.class)
                    .hasMessageContaining("too many");
            assertThat(catchThrowable(() -> waits.get(30, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(NoConnection.class)
                    .hasMessageContaining("in time");
            assertThat(pool.pending()).isZero();
            holds.dispose();
            await().until(() -> pool.open() == 0);
        }
    }

    @Test
    void who_gives_up_while_it_waits_leaves_no_place_taken() throws Exception {
        try (var silent = new Silent();
                var pool = rig.pool(limits(1, 1, LONG))) {
            Disposable holds = pool.send(exchange(silent.port())).subscribe();
            await().until(() -> silent.heard() > 0);
            Disposable waits = pool.send(exchange(silent.port())).subscribe();
            await().until(() -> pool.pending() == 1);

            waits.dispose();
            await().until(() -> pool.pending() == 0);
            holds.dispose();

            await().until(() -> pool.open() == 0);
            await().until(silent::isHungUp);
        }
    }

    @Test
    void a_connection_that_its_other_side_ends_is_not_used_again() throws Exception {
        try (var server = RawServer.hangingUpAfter(REPLY);
                var pool = rig.pool(limits(1, 1, LONG))) {
            assertThat(sent(pool, server.port(), 0)).isEqualTo("{}");
            await().until(() -> pool.open() == 0);
            assertThat(sent(pool, server.port(), 0)).isEqualTo("{}");
        }
    }

    @Test
    void connections_that_are_not_used_are_closed() throws Exception {
        var limits = new PoolLimits("test", 3, 1, LONG, SHORT, LONG, SHORT);
        try (var server = new RawServer(REPLY);
                var pool = rig.pool(limits)) {
            assertThat(sent(pool, server.port(), 0)).isEqualTo("{}");

            await().until(() -> pool.open() == 0 && pool.idle() == 0);
        }
    }

    @Test
    void connections_that_are_old_are_closed() throws Exception {
        var limits = new PoolLimits("test", 3, 1, LONG, LONG, SHORT, SHORT);
        try (var server = new RawServer(REPLY);
                var pool = rig.pool(limits)) {
            assertThat(sent(pool, server.port(), 0)).isEqualTo("{}");

            await().until(() -> pool.open() == 0 && pool.idle() == 0);
        }
    }

    @Test
    void a_closed_pool_keeps_nothing_and_makes_nothing() throws Exception {
        try (var server = new RawServer(REPLY)) {
            ConnectionPool pool = rig.pool(limits(3, 1, LONG));
            assertThat(sent(pool, server.port(), 0)).isEqualTo("{}");
            pool.close();
            await().until(() -> pool.open() == 0);

            assertThatThrownBy(() -> sent(pool, server.port(), 0)).hasCauseInstanceOf(NoConnection.class);
        }
    }

    @Test
    void a_reply_that_is_announced_as_too_large_is_not_read() throws Exception {
        try (var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n");
                var pool = rig.pool(limits(3, 1, LONG))) {
            assertThatThrownBy(() -> sent(pool, server.port(), 0)).hasCauseInstanceOf(BodyTooLarge.class);

            await().until(() -> pool.open() == 0);
        }
    }

    @Test
    void nothing_leaves_before_a_connection_is_there() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (var pool = rig.pool(limits(1, 1, LONG))) {
            Exchange<String> refused = exchange(closed);
            assertThat(catchThrowable(() -> pool.send(refused).block())).hasCauseInstanceOf(IOException.class);

            assertThat(refused.mayHaveLeft()).isFalse();
            assertThat(refused.timing()).isEqualTo(Timing.NONE);
            assertThat(pool.open()).isZero();
        }
    }

    @Test
    void what_the_network_took_may_have_arrived() throws Exception {
        try (var server = new RawServer("");
                var pool = rig.pool(limits(1, 1, LONG))) {
            Exchange<String> cut = exchange(server.port());
            assertThat(catchThrowable(() -> pool.send(cut).block())).hasCauseInstanceOf(IOException.class);

            assertThat(cut.mayHaveLeft()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\nb", "a\rb", "a\0b"})
    void a_value_that_would_be_another_line_goes_nowhere(String value) {
        Request request = Request.of(PoolRig.target("http://127.0.0.1"), HttpMethod.GET, "/");

        assertThatThrownBy(() -> request.headers().add("a", value)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String sent(ConnectionPool pool, int port, int loop) throws Exception {
        return send(pool, port, loop).get(30, TimeUnit.SECONDS);
    }

    private static CompletableFuture<String> send(ConnectionPool pool, int port, int loop) {
        return rig.send(pool, exchange(port), loop);
    }

    private static Exchange<String> exchange(int port) {
        return PoolRig.exchange(port, "/");
    }
}
