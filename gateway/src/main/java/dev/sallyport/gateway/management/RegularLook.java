package dev.sallyport.gateway.management;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at something again and again, on a thread of its own, from the gateway's start to its stop. */
public final class RegularLook implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RegularLook.class);

    private final String name;
    private final boolean enabled;
    private final Duration first;
    private final Duration interval;
    private final Runnable look;
    private @Nullable ScheduledExecutorService thread;

    /**
     * A look.
     *
     * @param name of its thread
     * @param enabled whether there is one at all
     * @param first how long after the start
     * @param interval between the end of one and the beginning of the next
     */
    public RegularLook(String name, boolean enabled, Duration first, Duration interval, Runnable look) {
        this.name = name;
        this.enabled = enabled;
        this.first = first;
        this.interval = interval;
        this.look = look;
    }

    @Override
    public synchronized void start() {
        if (!enabled || thread != null) {
            return;
        }
        thread = Executors.newSingleThreadScheduledExecutor(this::thread);
        var unused =
                thread.scheduleWithFixedDelay(this::look, first.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Thread thread(Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private void look() {
        try {
            look.run();
        } catch (Throwable bug) { // anything that got out would end the looking, and silently
            LOG.error("A regular look ({}) failed because of a bug in the gateway", name, bug);
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
