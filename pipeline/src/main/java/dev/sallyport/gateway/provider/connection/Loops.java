package dev.sallyport.gateway.provider.connection;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/** The event loops that connections live on: those that serve the callers. */
record Loops(LoopResources resources) {
    /** The current thread's own; outside an event loop, the next one. */
    EventLoop here() {
        return resources.onClient(LoopResources.DEFAULT_NATIVE).next();
    }

    /** What a connection on this loop is made of. */
    Class<? extends Channel> channelClass(EventLoop loop) {
        return resources.onChannelClass(SocketChannel.class, loop);
    }

    /** Whether the loop took it; it does not while the process ends. */
    static boolean execute(EventLoop loop, Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException ending) {
            return false;
        }
    }

    /** The timer; null if the loop takes none any more. */
    static @Nullable Future<?> schedule(EventLoop loop, Runnable task, Duration after) {
        try {
            return loop.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ending) {
            return null;
        }
    }
}
