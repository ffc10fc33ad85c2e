package dev.sallyport.gateway.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Each event loop as a Reactor scheduler of its own, so that a call's timers run on the call's own thread. */
public final class LoopScheduler implements Supplier<Scheduler> {
    private static final FastThreadLocal<Scheduler> OF_LOOP = new FastThreadLocal<>();

    /** Makes the loop of the current thread known; cheap after the first time. */
    public static void enter(EventLoop loop) {
        if (!OF_LOOP.isSet()) {
            OF_LOOP.set(Schedulers.fromExecutorService(loop));
        }
    }

    /** The current thread's own scheduler; outside an event loop a shared one. */
    @Override
    public Scheduler get() {
        return OF_LOOP.isSet() ? OF_LOOP.get() : Schedulers.parallel();
    }
}
