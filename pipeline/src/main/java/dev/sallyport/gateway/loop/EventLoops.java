package dev.sallyport.gateway.loop;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/**
 * Event loops on epoll whose connections can always be waited for. Threads have the number, the names and the kind that Reactor
 * Netty's own have, and a client's connection stays on the loop that asks for it.
 */
public final class EventLoops implements LoopResources {
    private static final String NAME = "reactor-http";

    private final EventLoopGroup callers;
    private final EventLoopGroup provider;

    private EventLoops(IoHandlerFactory epoll) {
        this.callers = new MultiThreadIoEventLoopGroup(DEFAULT_IO_WORKER_COUNT, threads(), epoll);
        this.provider = LoopResources.colocate(callers);
    }

    /** On epoll where there is one and {@code reactor.netty.native} allows it; else those of Reactor Netty. */
    public static LoopResources create() {
        return DEFAULT_NATIVE && Epoll.isAvailable()
                ? new EventLoops(LastingRegistrations.in(EpollIoHandler.newFactory()))
                : LoopResources.create(NAME);
    }

    private static ThreadFactory threads() {
        var made = new AtomicInteger();
        return work -> new Loop(work, NAME + "-epoll-" + made.incrementAndGet());
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return callers;
    }

    @Override
    public EventLoopGroup onClient(boolean useNative) {
        return provider;
    }

    @Override
    public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
        return Mono.<Void>create(ended -> callers.shutdownGracefully(
                                quietPeriod.toMillis(), timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .addListener(done -> ended.success()))
                .timeout(timeout);
    }

    @Override
    public boolean isDisposed() {
        return callers.isShuttingDown();
    }

    /** Known to Reactor and to BlockHound as a thread that must not block. */
    private static final class Loop extends FastThreadLocalThread implements NonBlocking {
        Loop(Runnable work, String name) {
            super(work, name);
            setDaemon(true);
        }
    }
}
