package dev.sallyport.gateway.store;

import dev.sallyport.config.value.InvalidSetting;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * One connection to the store. A lost one is not mended but replaced: Lettuce's own way of reconnecting would wait in ever longer
 * steps, and knows of no connection that stays open and says nothing. Between two tries there is a pause, doubled each time up
 * to a second and shortened by up to half at random, so that many gateways do not come back at once. Thread-safe, never blocks.
 */
final class StoreLink implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final RedisClient client;
    private final StoreLoop loop;
    private final Supplier<RedisURI> address;
    private final Retries retries;
    private final StoreEvents events;
    private final AtomicReference<@Nullable StatefulRedisConnection<byte[], byte[]>> current = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * When another try is made.
     *
     * @param scheduler whose threads may block, for a moment
     * @param random from 0 to 1
     */
    record Retries(Scheduler scheduler, DoubleSupplier random) {}

    /**
     * Not connected yet.
     *
     * @param address with credentials; asked for anew for each connection, since they may have been replaced
     */
    StoreLink(RedisClient client, StoreLoop loop, Supplier<RedisURI> address, Retries retries, StoreEvents events) {
        this.client = client;
        this.loop = loop;
        this.address = address;
        this.retries = retries;
        this.events = events;
    }

    /** Connects, and stays connected as well as it can. */
    void start() {
        connect(FIRST_PAUSE);
    }

    /** The connection, or null while there is none. */
    @Nullable
    StatefulRedisConnection<byte[], byte[]> now() {
        return current.get();
    }

    /** Gives a connection up, and makes another; nothing if that was done already. */
    void drop(StatefulRedisConnection<byte[], byte[]> connection) {
        if (current.compareAndSet(connection, null)) {
            end(connection);
            events.lost();
            again(FIRST_PAUSE);
        }
    }

    private void connect(Duration pause) {
        if (closed) {
            return;
        }
        RedisURI here;
        try {
            here = address.get();
        } catch (InvalidSetting noPassword) { // its file is being replaced
            events.unreachable(noPassword);
            again(pause);
            return;
        }
        var unused = client.connectAsync(ByteArrayCodec.INSTANCE, here).whenComplete((made, failure) -> {
            if (failure == null) {
                connected(made);
            } else {
                events.unreachable(StoreRefused.of(failure));
                again(pause);
            }
        });
    }

    private void connected(StatefulRedisConnection<byte[], byte[]> made) {
        current.set(made);
        events.connected();
        made.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                drop(made);
            }
        });
        if (closed || !made.isOpen()) { // closed before it was listened to
            drop(made);
        }
    }

    private void again(Duration pause) {
        if (closed) {
            return;
        }
        Duration doubled = pause.multipliedBy(2);
        Duration next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        long nanos = (long) (pause.toNanos() * (1 - retries.random().getAsDouble() / 2));
        try {
            var unused = retries.scheduler().schedule(() -> connect(next), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopping) {
            closed = true;
        }
    }

    private void end(StatefulRedisConnection<byte[], byte[]> connection) {
        try {
            loop.execute(() -> {
                var unused = connection.closeAsync();
            });
        } catch (RejectedExecutionException stopping) {
            closed = true;
        }
    }

    /** Nothing is sent from now on. */
    @Override
    public void close() {
        closed = true;
        @Nullable StatefulRedisConnection<byte[], byte[]> last = current.getAndSet(null);
        if (last != null) {
            end(last);
        }
    }
}
