package dev.sallyport.gateway.management.console;

import dev.sallyport.gateway.console.Console;
import dev.sallyport.gateway.console.history.History;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Has the console look at the meters every few seconds, on a thread of its own, so that it can say since when something is wrong
 * although no page was open.
 */
public final class ConsoleWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleWatch.class);

    private final Console console;
    private final boolean enabled;
    private @Nullable ScheduledExecutorService thread;

    /** @param enabled whether there is a console at all */
    public ConsoleWatch(Console console, boolean enabled) {
        this.console = console;
        this.enabled = enabled;
    }

    @Override
    public synchronized void start() {
        if (!enabled || thread != null) {
            return;
        }
        thread = Executors.newSingleThreadScheduledExecutor(ConsoleWatch::thread);
        long interval = History.INTERVAL.toMillis();
        var unused = thread.scheduleWithFixedDelay(this::look, 0, interval, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "sallyport-console");
        thread.setDaemon(true);
        return thread;
    }

    private void look() {
        try {
            console.look();
        } catch (
                Throwable
                        bug) { // anything that got out would end the looking; the pages tell that readings are missing
            LOG.error("The console could not look at the gateway because of a bug", bug);
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
