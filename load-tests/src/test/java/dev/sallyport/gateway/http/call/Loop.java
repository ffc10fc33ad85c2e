package dev.sallyport.gateway.http.call;

import io.netty.channel.EventLoop;

/** Makes an event loop known to timers as the server does; in its package, since only the server does so otherwise. */
public final class Loop {
    private Loop() {}

    /** On the loop's own thread. */
    public static void enter(EventLoop loop) {
        LoopScheduler.enter(loop);
    }
}
