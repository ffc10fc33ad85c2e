package dev.sallyport.gateway.http.connection;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection may go without a request, or with an unfinished head. One timer for all of its life, which looks at
 * what was noted and waits on, so that a request costs it nothing. On the connection's event loop only.
 */
public final class IdleDeadline {
    private final BooleanSupplier isBusy;
    private final Runnable late;

    private long limit;
    private long since;
    private @Nullable Future<?> timer;

    /**
     * None so far.
     *
     * @param isBusy whether there is a request
     * @param late told once of a connection that was idle for so long
     */
    public IdleDeadline(Duration limit, BooleanSupplier isBusy, Runnable late) {
        this.limit = limit.toNanos();
        this.isBusy = isBusy;
        this.late = late;
    }

    /** The connection is there. */
    public void begin(EventExecutor loop) {
        restart();
        await(loop, limit);
    }

    /** From now on it is this long, also for the time that has passed. */
    void shorten(EventExecutor loop, Duration to) {
        end();
        limit = to.toNanos();
        look(loop);
    }

    /** It is idle from now on. */
    public void restart() {
        since = System.nanoTime();
    }

    private void await(EventExecutor loop, long nanos) {
        timer = loop.schedule(() -> look(loop), nanos, TimeUnit.NANOSECONDS);
    }

    private void look(EventExecutor loop) {
        long left = isBusy.getAsBoolean() ? limit : limit - (System.nanoTime() - since);
        if (left > 0) {
            await(loop, left);
        } else {
            late.run();
        }
    }

    /** The connection is gone. */
    public void end() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
