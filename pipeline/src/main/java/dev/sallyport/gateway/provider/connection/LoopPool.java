package dev.sallyport.gateway.provider.connection;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pool's connections on one event loop, and the exchanges that wait there. Confined to the loop, but for the numbers that other
 * loops read.
 *
 * <p>To close a connection is to come to {@code gone()} in the same stack, and what carries an exchange may fail in it, so neither
 * serves those that wait: {@code serve()} is always a task of its own.
 */
final class LoopPool implements Exchange.Place {
    private final ConnectionPool pool;
    private final EventLoop loop;
    private final IdleConnections idle;
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private volatile int waitingNow;
    private final AtomicInteger openNow = new AtomicInteger();
    /** Permits that other loops have sent here. */
    private final AtomicInteger underWay = new AtomicInteger();

    private boolean evicts;

    /** An exchange in the queue. */
    private record Waiter(Exchange<?> exchange, @Nullable Future<?> timer) {}

    LoopPool(ConnectionPool pool, EventLoop loop) {
        this.pool = pool;
        this.loop = loop;
        this.idle = new IdleConnections(pool.limits());
    }

    /** Idle connections; for any thread. */
    int idle() {
        return idle.count();
    }

    /** Whether more exchanges wait than connections of other loops were closed for them; for any thread. */
    boolean lacks() {
        return waitingNow > underWay.get();
    }

    /** Connections, those included that are being made; for any thread. */
    int open() {
        return openNow.get();
    }

    /** Has the exchange carried as soon as may be. What waits already goes first. */
    void take(Exchange<?> exchange) {
        if (exchange.isOver()) {
            return;
        }
        if (pool.isClosed()) {
            exchange.failed(NoConnection.ending());
            return;
        }
        @Nullable ProviderConnection kept = waiters.isEmpty() ? idle.newest(exchange.target()) : null;
        if (kept != null) {
            kept.carry(exchange);
        } else if (!pool.hasWaiting() && pool.takePermit()) {
            connect(exchange);
        } else {
            enqueue(exchange);
        }
    }

    private void connect(Exchange<?> exchange) {
        openNow.incrementAndGet();
        exchange.connecting();
        Promise<ProviderConnection> attempt = pool.connector().connect(loop, exchange.target(), pool.reuses());
        exchange.at(gaveUp -> attempt.cancel(false));
        bound(attempt, exchange.patience(Long.MAX_VALUE));
        attempt.addListener(done -> {
            if (done.isSuccess()) {
                connected(attempt.getNow(), exchange);
            } else {
                gone();
                exchange.failed(done.cause());
            }
        });
    }

    /** To be made in this time, in nanoseconds. */
    private void bound(Promise<ProviderConnection> attempt, long longest) {
        @Nullable
        Future<?> timer = longest == Long.MAX_VALUE
                ? null
                : Loops.schedule(loop, () -> attempt.tryFailure(NoConnection.madeInTime()), Duration.ofNanos(longest));
        if (timer != null) {
            attempt.addListener(done -> timer.cancel(false));
        }
    }

    private void connected(ProviderConnection connection, Exchange<?> exchange) {
        connection.belongsTo(this::giveBack);
        connection.channel().closeFuture().addListener(closed -> {
            idle.remove(connection);
            gone();
        });
        if (exchange.isOver()) {
            giveBack(connection);
        } else {
            connection.carry(exchange);
        }
    }

    /** A connection, or an attempt at one, is no more: the loop that needs one most may make another. */
    private void gone() {
        openNow.decrementAndGet();
        @Nullable LoopPool needier = pool.hasWaiting() ? pool.needier(this) : null;
        if (needier == null || !needier.takeOver()) {
            pool.returnPermit();
            if (pool.hasWaiting()) {
                wake();
            }
        }
    }

    /**
     * A connection of another loop is no more, and this loop needs one most: the permit comes along, so that no other call takes
     * it on the way. For any thread; false if this loop ends.
     */
    private boolean takeOver() {
        underWay.incrementAndGet();
        boolean taken = Loops.execute(loop, () -> {
            underWay.decrementAndGet();
            if (waiters.isEmpty()) {
                pool.returnPermit();
            } else {
                connect(next());
            }
            serve();
        });
        if (!taken) {
            underWay.decrementAndGet();
        }
        return taken;
    }

    private void giveBack(ProviderConnection connection) {
        long now = System.nanoTime();
        if (pool.isClosed() || !connection.isOpen() || !connection.isYoung(pool.limits(), now) || !evicts()) {
            connection.close();
            return;
        }
        idle.add(connection, now);
        if (pool.hasWaiting()) {
            if (!pool.hasPermits() && pool.needier(this) != null) {
                idle.closeOldest();
            } else {
                wake();
            }
        }
    }

    private void enqueue(Exchange<?> exchange) {
        if (!pool.queue()) {
            exchange.failed(NoConnection.tooManyWait());
            return;
        }
        exchange.at(this);
        long longest = exchange.patience(pool.limits().acquireTimeout().toNanos());
        waiters.addLast(new Waiter(exchange, Loops.schedule(loop, () -> tooLate(exchange), Duration.ofNanos(longest))));
        waitingNow = waiters.size();
        wake();
    }

    private void tooLate(Exchange<?> exchange) {
        leave(exchange);
        exchange.failed(NoConnection.inTime());
    }

    /** It waits no longer. */
    @Override
    public void leave(Exchange<?> exchange) {
        Iterator<Waiter> each = waiters.iterator();
        while (each.hasNext()) {
            Waiter waiter = each.next();
            if (waiter.exchange() == exchange) {
                each.remove();
                left(waiter);
                return;
            }
        }
    }

    private void left(Waiter waiter) {
        waitingNow = waiters.size();
        pool.leaveQueue();
        if (waiter.timer() != null) {
            waiter.timer().cancel(false);
        }
    }

    /**
     * Sees to those that wait, here first, in a turn of the loop of its own: however many there are, no stack grows with them, and
     * what arrived on a connection that was just given back is seen first. For any thread.
     */
    void wake() {
        Loops.execute(loop, this::serve);
    }

    /** Those that wait here, the first come first, as far as there are connections; what is left is another loop's. */
    private void serve() {
        while (!waiters.isEmpty()) {
            @Nullable
            ProviderConnection kept = idle.newest(waiters.getFirst().exchange().target());
            if (kept != null) {
                kept.carry(next());
            } else if (pool.takePermit()) {
                connect(next());
            } else {
                claim();
                return;
            }
        }
        if (pool.hasWaiting()) {
            giveWay();
        }
    }

    private Exchange<?> next() {
        Waiter first = waiters.removeFirst();
        left(first);
        return first.exchange();
    }

    /** An exchange waits here, and none of the idle connections leads where it wants to: one of them gives way. */
    private void claim() {
        if (idle.isEmpty()) {
            pool.wakeIdle();
        } else {
            idle.closeOldest();
        }
    }

    /** None waits here: what is free, or idle here, is for a loop where one does. */
    private void giveWay() {
        @Nullable LoopPool other = pool.otherWaiting(this);
        if (other != null && pool.hasPermits()) {
            other.wake();
        } else if (other != null) {
            idle.closeOldest();
        }
    }

    /** Whether old connections are seen to from now on. */
    private boolean evicts() {
        if (!evicts) {
            evicts = Loops.schedule(loop, this::evict, pool.limits().evictInterval()) != null;
        }
        return evicts;
    }

    private void evict() {
        evicts = false;
        idle.closeUnfit();
        if (!idle.isEmpty()) {
            evicts();
        }
    }

    /** The pool is closed: for any thread. */
    void end() {
        Loops.execute(loop, () -> {
            while (!idle.isEmpty()) {
                idle.closeOldest();
            }
            while (!waiters.isEmpty()) {
                Waiter waiter = waiters.removeFirst();
                left(waiter);
                waiter.exchange().failed(NoConnection.ending());
            }
        });
    }
}
