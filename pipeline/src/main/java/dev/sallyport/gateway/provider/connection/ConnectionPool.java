package dev.sallyport.gateway.provider.connection;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Connections for one purpose: so many open at a time, whichever event loop they are on, and idle ones kept by the loop that
 * made them. An exchange never leaves its loop. Where the limit is reached, exchanges wait, and a loop that has none, or fewer
 * connections, gets one that another loop would have kept: it is closed there, and made anew here.
 *
 * <p>Thread-safe. All that loops share is how many connections are open, how many exchanges wait, and what each {@link
 * LoopPool} tells of itself. A loop first says that it waits and then looks whether something is free; a loop that frees
 * something first does so and then looks whether another waits. So one of them always sees the other.
 */
public final class ConnectionPool implements AutoCloseable {
    private final PoolLimits limits;
    private final Connector connector;
    private final boolean reuse;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<EventLoop, LoopPool> byLoop = new ConcurrentHashMap<>();
    private final List<LoopPool> pools = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * A pool without connections as yet.
     *
     * @param reuse whether a connection may carry a second exchange
     */
    public ConnectionPool(PoolLimits limits, Connector connector, boolean reuse) {
        this.limits = limits;
        this.connector = connector;
        this.reuse = reuse;
    }

    /**
     * Sends a request and gives what its reply is read as, on the event loop that this is subscribed to on; outside of event
     * loops, on the next one. A turn of the loop lies between the subscription and the connection that it takes: by then,
     * connections on which something arrived that was not asked for are closed. To cancel it closes the connection.
     */
    public <T> Mono<T> send(Exchange<T> exchange) {
        return Mono.create(sink -> begin(exchange, sink));
    }

    private <T> void begin(Exchange<T> exchange, MonoSink<T> sink) {
        EventLoop loop = connector.loops().here();
        exchange.begin(sink, loop);
        LoopPool home = of(loop);
        if (!Loops.execute(loop, () -> home.take(exchange))) {
            exchange.failed(NoConnection.ending());
        }
    }

    private LoopPool of(EventLoop loop) {
        @Nullable LoopPool known = byLoop.get(loop);
        return known == null ? byLoop.computeIfAbsent(loop, this::made) : known;
    }

    private LoopPool made(EventLoop loop) {
        var pool = new LoopPool(this, loop);
        pools.add(pool);
        return pool;
    }

    PoolLimits limits() {
        return limits;
    }

    Connector connector() {
        return connector;
    }

    boolean reuses() {
        return reuse;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether one more connection may be made. */
    boolean takePermit() {
        int now = open.get();
        while (now < limits.connections()) {
            if (open.compareAndSet(now, now + 1)) {
                return true;
            }
            now = open.get();
        }
        return false;
    }

    /** A connection is no more. */
    void returnPermit() {
        open.decrementAndGet();
    }

    boolean hasPermits() {
        return open.get() < limits.connections();
    }

    /** Whether one more exchange may wait. */
    boolean queue() {
        if (waiting.incrementAndGet() <= limits.pending()) {
            return true;
        }
        waiting.decrementAndGet();
        return false;
    }

    void leaveQueue() {
        waiting.decrementAndGet();
    }

    boolean hasWaiting() {
        return waiting.get() > 0;
    }

    /** Another loop on which exchanges wait; null if there is none. */
    @Nullable
    LoopPool otherWaiting(LoopPool here) {
        for (LoopPool each : pools) {
            if (each != here && each.lacks()) {
                return each;
            }
        }
        return null;
    }

    /** Another loop on which exchanges wait although it has no connection, or two fewer than this one; null if there is none. */
    @Nullable
    LoopPool needier(LoopPool here) {
        for (LoopPool each : pools) {
            if (each != here && each.lacks() && (each.open() == 0 || each.open() + 1 < here.open())) {
                return each;
            }
        }
        return null;
    }

    /** An exchange waits on a loop that has nothing idle: those that have see whether theirs is needed more there. */
    void wakeIdle() {
        for (LoopPool each : pools) {
            if (each.idle() > 0) {
                each.wake();
            }
        }
    }

    /** As metrics call it. */
    public String name() {
        return limits.name();
    }

    /** Open at a time, at most. */
    public int most() {
        return limits.connections();
    }

    /** Waiting at a time, at most. */
    public int mostPending() {
        return limits.pending();
    }

    /** Open now, whether used, idle or being made. */
    public int open() {
        return open.get();
    }

    /** Idle now. */
    public int idle() {
        return pools.stream().mapToInt(LoopPool::idle).sum();
    }

    /** Exchanges that wait for a connection now. */
    public int pending() {
        return waiting.get();
    }

    /** Closes idle connections now, and others as soon as their exchange is over. */
    @Override
    public void close() {
        closed = true;
        pools.forEach(LoopPool::end);
    }
}
