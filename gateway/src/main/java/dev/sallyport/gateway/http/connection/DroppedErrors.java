package dev.sallyport.gateway.http.connection;

import reactor.core.publisher.Hooks;

/**
 * Hears of errors that Reactor can hand to nothing any more, since their call had its outcome: of callers and providers that
 * left in the middle, mostly. Reactor would log each with a stack.
 */
public final class DroppedErrors implements AutoCloseable {
    /** From now on, in the whole process. */
    public DroppedErrors(ConnectionEvents events) {
        Hooks.onErrorDropped(events::errorDropped);
    }

    @Override
    public void close() {
        Hooks.resetOnErrorDropped();
    }
}
