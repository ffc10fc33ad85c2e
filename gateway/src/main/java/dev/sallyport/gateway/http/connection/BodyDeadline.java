package dev.sallyport.gateway.http.connection;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long the body of a connection's latest request may take to arrive. At most one timer at a time, which holds nothing of
 * the request. On the connection's event loop only.
 */
public final class BodyDeadline {
    private final Duration limit;
    private final Runnable late;

    private @Nullable Future<?> timer;

    /**
     * None so far.
     *
     * @param late told of a body that has not arrived by then
     */
    public BodyDeadline(Duration limit, Runnable late) {
        this.limit = limit;
        this.late = late;
    }

    /** A head came, and not all of its body with it. */
    public void begin(EventExecutor loop) {
        end();
        timer = loop.schedule(late, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The body is there, or of no interest any more. */
    public void end() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
