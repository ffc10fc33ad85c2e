package dev.sallyport.sandbox.server;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The sandbox's own event loops. It shares none with the gateway that runs beside it in a test, where a stand-in that
 * signs on the gateway's threads would be measured with it; and reading random numbers is allowed here.
 */
public final class Threads implements AutoCloseable {
    private final AtomicInteger count = new AtomicInteger();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(), this::thread, NioIoHandler.newFactory());

    public EventLoopGroup loops() {
        return loops;
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private Thread thread(Runnable work) {
        Thread thread = new Loop(work, "sandbox-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** A loop that may read from the random device, which watchdogs take for blocking. */
    private static final class Loop extends FastThreadLocalThread {
        Loop(Runnable work, String name) {
            super(work, name);
        }

        @Override
        public boolean permitBlockingCalls() {
            return true;
        }
    }
}
