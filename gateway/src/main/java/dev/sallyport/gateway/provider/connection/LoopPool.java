package dev.sallyport.gateway.provider.connection;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pool's connections on one event loop, and the exchanges that wait there. Confined to the loop, but for three numbers that
 * other loops read. The connection that was used last is taken first, so that those which are not needed grow old.
 */
final class LoopPool implements Exchange.Place {
    private final ConnectionPool pool;
    private final EventLoop loop;
    /** The one that was used last is the last. */
    private final Deque<ProviderConnection> idle = new ArrayDeque<>();

    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private volatile int idleNow;
    private volatile int waitingNow;
    private final AtomicInteger openNow = new AtomicInteger();
    private boolean evicts;

    /** An exchange in the queue. */
    private record Waiter(Exchange<?> exchange, @Nullable Future<?> timer) {}

    LoopPool(ConnectionPool pool, EventLoop loop) {
        this.pool = pool;
        this.loop = loop;
    }

    /** Idle connections; for any thread. */
    int idle() {
        return idleNow;
    }

    /** Exchanges that wait; for any thread. */
    int waiting() {
        return waitingNow;
    }

    /** Connections, those included that are being made; for any thread. */
    int open() {
        return openNow.get();
    }

    /** Has the exchange carried as soon as may be. What waits already goes first, except where it cannot use what is here. */
    void take(Exchange<?> exchange) {
        if (exchange.isOver()) {
            return;
        }
        if (pool.isClosed()) {
            exchange.failed(NoConnection.ending());
            return;
        }
        @Nullable ProviderConnection kept = newestIdle(exchange.target());
        if (kept != null) {
            kept.carry(exchange);
        } else if (!pool.hasWaiting() && pool.takePermit()) {
            connect(exchange);
        } else {
            enqueue(exchange);
        }
    }

    private @Nullable ProviderConnection newestIdle(Target target) {
        long now = System.nanoTime();
        Iterator<ProviderConnection> newestFirst = idle.descendingIterator();
        while (newestFirst.hasNext()) {
            ProviderConnection next = newestFirst.next();
            if (next.target().equals(target)) {
                newestFirst.remove();
                idleNow = idle.size();
                if (next.isFit(pool.limits(), now)) {
                    return next;
                }
                retire(next);
            }
        }
        return null;
    }

    /** Closes, in a turn of its own, a connection that is in no list any more. */
    private void retire(ProviderConnection connection) {
        Loops.execute(loop, connection::close);
    }

    private void connect(Exchange<?> exchange) {
        openNow.incrementAndGet();
        Promise<ProviderConnection> attempt = pool.connector().connect(loop, exchange.target(), pool.reuses());
        exchange.at(gaveUp -> attempt.cancel(false));
        attempt.addListener(done -> {
            if (done.isSuccess()) {
                connected(attempt.getNow(), exchange);
            } else {
                gone();
                exchange.failed(done.cause());
            }
        });
    }

    private void connected(ProviderConnection connection, Exchange<?> exchange) {
        connection.belongsTo(this::giveBack);
        connection.channel().closeFuture().addListener(closed -> {
            if (idle.remove(connection)) {
                idleNow = idle.size();
            }
            gone();
        });
        if (exchange.isOver()) {
            giveBack(connection);
        } else {
            connection.carry(exchange);
        }
    }

    /** A connection, or an attempt at one, is no more: whoever needs one most may make another. */
    private void gone() {
        openNow.decrementAndGet();
        @Nullable LoopPool needier = pool.hasWaiting() ? pool.needier(this) : null;
        if (needier == null || !needier.takeOver()) {
            pool.returnPermit();
            if (pool.hasWaiting()) {
                serve();
            }
        }
    }

    /**
     * A connection of another loop is no more, and this loop needs one most: the permit comes along, so that no call of the other
     * loop takes it on the way. For any thread; false if this loop ends.
     */
    private boolean takeOver() {
        return Loops.execute(loop, () -> {
            pool.returnPermit();
            serve();
        });
    }

    private void giveBack(ProviderConnection connection) {
        long now = System.nanoTime();
        if (pool.isClosed() || !connection.isOpen() || !connection.isYoung(pool.limits(), now) || !evicts()) {
            connection.close();
            return;
        }
        connection.rests(now);
        idle.addLast(connection);
        idleNow = idle.size();
        if (pool.hasWaiting()) {
            passOn();
        }
    }

    /** Some wait, here or elsewhere, and there is an idle connection: for whoever needs it most. */
    private void passOn() {
        boolean isNeededElsewhere = pool.needier(this) != null
                || (waiters.isEmpty() && !pool.hasPermits() && pool.otherWaiting(this) != null);
        if (!isNeededElsewhere) {
            serve();
        }
        if (isNeededElsewhere || !waiters.isEmpty()) {
            closeOldest();
        }
    }

    private void closeOldest() {
        @Nullable ProviderConnection oldest = idle.pollFirst();
        if (oldest != null) {
            idleNow = idle.size();
            retire(oldest);
        }
    }

    private void enqueue(Exchange<?> exchange) {
        if (!pool.queue()) {
            exchange.failed(NoConnection.tooManyWait());
            return;
        }
        exchange.at(this);
        waiters.addLast(new Waiter(
                exchange,
                Loops.schedule(loop, () -> tooLate(exchange), pool.limits().acquireTimeout())));
        waitingNow = waiters.size();
        serve();
        if (waitingNow > 0) {
            if (idle.isEmpty()) {
                pool.claimIdle(this);
            } else {
                closeOldest(); // it leads elsewhere
            }
        }
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

    /** Something became free: looks into it on the loop. */
    void wake() {
        Loops.execute(loop, this::serve);
    }

    /** Those that wait here, the first come first, as far as there are connections; what is left is another loop's. */
    private void serve() {
        while (!waiters.isEmpty()) {
            Exchange<?> first = Objects.requireNonNull(waiters.peekFirst()).exchange();
            @Nullable ProviderConnection kept = newestIdle(first.target());
            if (kept == null && !pool.takePermit()) {
                return;
            }
            left(waiters.removeFirst());
            if (kept == null) {
                connect(first);
            } else {
                kept.carry(first);
            }
        }
        if (pool.hasWaiting() && pool.hasPermits()) {
            @Nullable LoopPool other = pool.otherWaiting(this);
            if (other != null) {
                other.wake();
            }
        }
    }

    /** An exchange waits on another loop: for any thread. */
    void giveUpIdle() {
        Loops.execute(loop, () -> {
            if (!pool.hasPermits() && pool.otherWaiting(this) != null) {
                closeOldest();
            }
        });
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
        long now = System.nanoTime();
        idle.removeIf(connection -> {
            boolean isOld = !connection.isFit(pool.limits(), now);
            if (isOld) {
                retire(connection);
            }
            return isOld;
        });
        idleNow = idle.size();
        if (!idle.isEmpty()) {
            evicts();
        }
    }

    /** The pool is closed: for any thread. */
    void end() {
        Loops.execute(loop, () -> {
            while (!idle.isEmpty()) {
                closeOldest();
            }
            while (!waiters.isEmpty()) {
                Waiter waiter = waiters.removeFirst();
                left(waiter);
                waiter.exchange().failed(NoConnection.ending());
            }
        });
    }
}
