package dev.sallyport.gateway.http.connection;

import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Hooks;

/**
 * Hears of errors that Reactor can hand to nothing any more, since their call had its outcome: of callers and providers that
 * left in the middle, mostly. Reactor would log each with a stack. It begins with the serving: what fails a start is told there.
 */
public final class DroppedErrors implements SmartLifecycle {
    private final ConnectionEvents events;
    private volatile boolean running;

    /** For the whole process, once started. */
    public DroppedErrors(ConnectionEvents events) {
        this.events = events;
    }

    @Override
    public void start() {
        Hooks.onErrorDropped(events::errorDropped);
        running = true;
    }

    @Override
    public void stop() {
        Hooks.resetOnErrorDropped();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
