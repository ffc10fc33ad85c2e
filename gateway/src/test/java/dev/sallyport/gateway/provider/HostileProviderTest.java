package dev.sallyport.gateway.provider;

import static dev.sallyport.gateway.provider.PoolRig.LONG;
import static dev.sallyport.gateway.provider.PoolRig.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.sallyport.gateway.provider.Dialogues.Wire;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Exchange;
import dev.sallyport.gateway.provider.connection.PoolLimits;
import io.netty.handler.codec.CodecException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that breaks off, mixes things up or falls silent anywhere: every call has an outcome, and it is its own. */
@Timeout(120)
final class HostileProviderTest {
    private static final int CALLS = Integer.getInteger("hostile.calls", 3_000);
    private static final int LOOPS = 3;

    private static PoolRig rig;

    @BeforeAll
    static void start() {
        rig = new PoolRig(LOOPS, Optional.empty());
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    /** How a reply is written. */
    private enum Form {
        LENGTH {
            @Override
            String of(String text) {
                return "HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text;
            }
        },
        CHUNKS {
            @Override
            String of(String text) {
                return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a=\"b\"\r\n" + text.charAt(0) + "\r\n"
                        + Integer.toHexString(text.length() - 1) + "\r\n" + text.substring(1)
                        + "\r\n0\r\nContent-Length: 3\r\nA: b\r\n\r\n";
            }
        },
        AFTER_HINTS {
            @Override
            String of(String text) {
                return "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + LENGTH.of(text);
            }
        };

        abstract String of(String text);
    }

    @ParameterizedTest
    @EnumSource
    void a_reply_that_breaks_off_anywhere_is_no_reply(Form form) throws Exception {
        int whole = form.of("/0000").length();
        var number = new AtomicInteger();
        Dialogues.Dialogue breaks_off = wire -> {
            String path = wire.path();
            int cut = number.get() / 2;
            wire.write(form.of(String.valueOf(path)).substring(0, cut));
            if (number.get() % 2 == 0) {
                wire.reset();
            }
        };
        try (var server = new Dialogues(breaks_off);
                var pool = rig.pool(limits(1, 1, LONG))) {
            for (; number.get() < 2 * whole; number.incrementAndGet()) {
                Exchange<String> exchange = PoolRig.exchange(server.port(), String.format("/%04d", number.get()));

                assertThat(catchThrowable(() -> rig.send(pool, exchange, 0).get(30, TimeUnit.SECONDS)))
                        .as("after %d bytes", number.get() / 2)
                        .cause()
                        .isInstanceOfAny(IOException.class, CodecException.class);
                assertThat(exchange.mayHaveLeft()).isTrue();
            }
            await().until(() -> pool.open() == 0);
            assertThat(server.connections()).isEqualTo(2 * whole);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_reply_may_come_byte_by_byte(Form form) throws Exception {
        Dialogues.Dialogue dribbles = wire -> {
            wire.socket().setTcpNoDelay(true);
            for (String path = wire.path(); path != null; path = wire.path()) {
                for (char next : form.of(path).toCharArray()) {
                    wire.write(String.valueOf(next));
                }
            }
        };
        try (var server = new Dialogues(dribbles);
                var pool = rig.pool(limits(1, 1, LONG))) {
            for (int call = 0; call < 20; call++) {
                assertThat(rig.send(pool, PoolRig.exchange(server.port(), "/" + call), 0)
                                .get(30, TimeUnit.SECONDS))
                        .isEqualTo("/" + call);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\n Content-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFF\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n: \r\n\0\r\n\r\n",
                "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200\0OK\nContent-Length: 2\n\n{}",
                "\0\1\2\3\r\n\r\n\r\n",
                "SSH-2.0-OpenSSH_9.0\r\n\r\n",
            })
    void what_is_no_reply_ends_its_call_and_its_connection(String bytes) throws Exception {
        refused(bytes);
    }

    @Test
    void too_large_a_head_ends_its_call_and_its_connection() throws Exception {
        refused("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nA: " + "a".repeat(100_000) + "\r\n\r\n{}");
        refused("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + "A: b\r\n".repeat(20_000) + "\r\n{}");
        refused("HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n".repeat(1_000));
        refused("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + "a".repeat(100_000));
    }

    private static void refused(String bytes) throws Exception {
        Dialogues.Dialogue says = wire -> {
            while (wire.path() != null) {
                wire.write(bytes);
            }
        };
        try (var server = new Dialogues(says);
                var pool = rig.pool(limits(1, 1, LONG))) {
            assertThat(catchThrowable(() -> rig.send(pool, PoolRig.exchange(server.port(), "/"), 0)
                            .get(30, TimeUnit.SECONDS)))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isNotInstanceOf(TimeoutException.class);
            await().until(() -> pool.open() == 0);
        }
    }

    /** What the provider does next, and whether a call is given up, are left to chance, with a seed. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void in_all_of_it_every_outcome_is_the_calls_own(int connections) throws Exception {
        var chance = new Random(connections);
        var limits = new PoolLimits(
                "test", connections, CALLS, LONG, Duration.ofMillis(30), Duration.ofMillis(60), Duration.ofMillis(10));
        try (var server = new Dialogues(
                        wire -> behave(wire, new Random(wire.socket().getPort())));
                ConnectionPool pool = rig.pool(limits)) {
            List<CompletableFuture<String>> calls = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                calls.add(rig.send(pool, PoolRig.exchange(server.port(), "/" + call), chance.nextInt(LOOPS)));
                if (call % 16 == 15) {
                    calls.get(call - chance.nextInt(16)).cancel(true);
                    settled(calls.get(call - chance.nextInt(16)));
                }
                assertThat(pool.open()).isLessThanOrEqualTo(connections);
            }
            for (int call = 0; call < CALLS; call++) {
                assertThat(settled(calls.get(call))).isIn("/" + call, null);
            }
            assertThat(calls).filteredOn(call -> settled(call) != null).hasSizeGreaterThan(CALLS / 4);
            assertThat(pool.pending()).isZero();
            await().until(() -> pool.open() == 0 && pool.idle() == 0 && server.open() == 0);
        }
    }

    /** The reply; null if the call failed or was given up. */
    private static @Nullable String settled(CompletableFuture<String> call) {
        try {
            return call.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | CancellationException ended) {
            return null;
        } catch (InterruptedException | TimeoutException hangs) {
            throw new AssertionError("a call without an outcome", hangs);
        }
    }

    private static void behave(Wire wire, Random chance) throws Exception {
        for (String path = wire.path(); path != null; path = wire.path()) {
            String reply = Form.values()[chance.nextInt(Form.values().length)].of(path);
            switch (chance.nextInt(12)) {
                case 0 -> {
                    wire.write(reply.substring(0, chance.nextInt(reply.length())));
                    wire.reset();
                }
                case 1 -> {
                    wire.write(reply.substring(0, chance.nextInt(reply.length())));
                    return;
                }
                case 2 -> wire.write(reply + "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
                case 3 -> wire.write(reply + "HTTP/1.1 2");
                case 4 -> {
                    int cut = chance.nextInt(reply.length());
                    wire.write(reply.substring(0, cut));
                    wire.write(reply.substring(cut));
                }
                case 5 -> {
                    wire.write(reply);
                    return;
                }
                default -> wire.write(reply);
            }
        }
    }
}
