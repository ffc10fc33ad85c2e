package dev.sallyport.gateway.provider;

import static dev.sallyport.gateway.provider.PoolRig.LONG;
import static dev.sallyport.gateway.provider.PoolRig.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.NoConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** What happens while a connection or a reply changes hands: those who take it may do anything. */
@Timeout(60)
final class HandedOverTest {
    private static final String REPLY = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

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
    void who_throws_at_a_reply_harms_no_call_behind() throws Exception {
        try (var server = RawServer.holding(REPLY);
                var pool = rig.pool(limits(1, 2, LONG))) {
            AtomicInteger thrown = throwing(pool, server.port());
            await().until(() -> server.requests() == 1);
            CompletableFuture<String> next = rig.send(pool, PoolRig.exchange(server.port(), "/"), 0);
            await().until(() -> pool.pending() == 1);

            server.release();

            assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo("{}");
            assertThat(server.connections()).isEqualTo(1);
            assertThat(thrown).hasPositiveValue();
            await().until(() -> pool.open() == 1 && pool.idle() == 1);
        }
    }

    @Test
    void who_throws_at_a_failure_harms_no_call_behind() throws Exception {
        var fails = new CountDownLatch(1);
        var requests = new AtomicInteger();
        Dialogues.Dialogue first_is_cut = wire -> {
            boolean isFirst = requests.getAndIncrement() == 0;
            while (wire.path() != null && !isFirst) {
                wire.write(REPLY);
            }
            fails.await();
        };
        try (var server = new Dialogues(first_is_cut);
                var pool = rig.pool(limits(1, 2, LONG))) {
            AtomicInteger thrown = throwing(pool, server.port());
            await().until(() -> requests.get() == 1);
            CompletableFuture<String> next = rig.send(pool, PoolRig.exchange(server.port(), "/"), 0);
            await().until(() -> pool.pending() == 1);

            fails.countDown();

            assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo("{}");
            assertThat(thrown).hasPositiveValue();
        }
    }

    @Test
    void who_throws_when_the_pool_is_closed_keeps_none_waiting() throws Exception {
        try (var server = RawServer.holding(REPLY)) {
            ConnectionPool pool = rig.pool(limits(1, 3, LONG));
            CompletableFuture<String> holds = rig.send(pool, PoolRig.exchange(server.port(), "/"), 0);
            await().until(() -> server.requests() == 1);
            AtomicInteger thrown = throwing(pool, server.port());
            CompletableFuture<String> waits = rig.send(pool, PoolRig.exchange(server.port(), "/"), 0);
            await().until(() -> pool.pending() == 2);

            pool.close();

            assertThat(catchThrowable(() -> waits.get(30, TimeUnit.SECONDS))).hasCauseInstanceOf(NoConnection.class);
            assertThat(thrown).hasPositiveValue();
            server.release();
            assertThat(holds.get(30, TimeUnit.SECONDS)).isEqualTo("{}");
            await().until(() -> pool.open() == 0);
        }
    }

    /** However many wait for what fails at once, none of them is served on top of the one before. */
    @Test
    void the_stack_does_not_grow_with_those_who_wait() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (var pool = rig.pool(limits(1, 10_000, LONG))) {
            int few = deepest(pool, closed, 10);
            int many = deepest(pool, closed, 3_000);

            assertThat(many).isLessThan(few + 50);
        }
    }

    private static int deepest(ConnectionPool pool, int port, int calls) throws Exception {
        var deepest = new AtomicInteger();
        var done = new CountDownLatch(calls);
        rig.loop(0)
                .execute(() -> IntStream.range(0, calls)
                        .forEach(call -> pool.send(PoolRig.exchange(port, "/"))
                                .doFinally(ended -> {
                                    deepest.accumulateAndGet(new Throwable().getStackTrace().length, Math::max);
                                    done.countDown();
                                })
                                .subscribe(reply -> {}, failure -> {})));
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        return deepest.get();
    }

    @Test
    void one_connection_gives_way_for_one_call() throws Exception {
        try (var server = RawServer.holding(REPLY);
                var pool = rig.pool(limits(8, 8, LONG))) {
            List<CompletableFuture<String>> calls = new ArrayList<>();
            for (int call = 0; call < 8; call++) {
                calls.add(rig.send(pool, PoolRig.exchange(server.port(), "/"), 0));
            }
            await().until(() -> server.requests() == 8);
            calls.add(rig.send(pool, PoolRig.exchange(server.port(), "/"), 1));
            await().until(() -> pool.pending() == 1);

            server.release();

            for (CompletableFuture<String> call : calls) {
                assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo("{}");
            }
            assertThat(server.connections()).isEqualTo(9);
            await().until(() -> pool.open() == 8 && pool.idle() == 8);
        }
    }

    /** Subscribes with what throws at everything that it hears, and counts how often it did. */
    private static AtomicInteger throwing(ConnectionPool pool, int port) {
        var thrown = new AtomicInteger();
        Exchange<String> exchange = PoolRig.exchange(port, "/");
        rig.loop(0)
                .execute(() -> pool.send(exchange).subscribe(new CoreSubscriber<String>() {
                    @Override
                    public void onSubscribe(Subscription subscription) {
                        subscription.request(1);
                    }

                    @Override
                    public void onNext(String reply) {
                        fail();
                    }

                    @Override
                    public void onError(Throwable failure) {
                        fail();
                    }

                    @Override
                    public void onComplete() {
                        fail();
                    }

                    private void fail() {
                        thrown.incrementAndGet();
                        throw new LinkageError("a test throws this");
                    }
                }));
        return thrown;
    }
}
