package dev.sallyport.gateway.log;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * Ends windows of {@link RepeatedLines}: each when its time is over, and all that are open when the gateway stops, so that what
 * was left out is told before the process ends. Thread-safe.
 */
public final class LineWindows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineWindows.class);

    private final Scheduler.Worker timers;
    private final Set<Runnable> open = ConcurrentHashMap.newKeySet();

    /** Windows by the clock of a scheduler, which is not shut down with them. */
    public LineWindows(Scheduler scheduler) {
        this.timers = scheduler.createWorker();
    }

    /** Begins a window. After the close it has no end: who counts goes on counting, and nothing is summed up any more. */
    void open(Duration length, Runnable end) {
        open.add(end);
        try {
            timers.schedule(() -> end(end), length.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            open.remove(end);
            LOG.debug("The gateway stops: lines that are left out are not summed up any more", closed);
        }
    }

    private void end(Runnable end) {
        if (open.remove(end)) {
            end.run();
        }
    }

    /** Ends all windows, on this thread; no timer is left. */
    @Override
    public void close() {
        timers.dispose();
        open.forEach(this::end);
    }
}
