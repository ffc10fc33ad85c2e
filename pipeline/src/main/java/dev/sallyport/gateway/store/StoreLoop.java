package dev.sallyport.gateway.store;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of connections to the store, on which everything is sent and closed. Lettuce guards a connection by a lock for
 * which a thread waits, and which is never fought for where there is one thread: an event loop of callers must not wait, and a thread
 * that closes might do so for ever (redis/lettuce#3880, open).
 */
final class StoreLoop implements NettyCustomizer, Executor {
    private volatile @Nullable Executor loop;

    @Override
    public void afterChannelInitialized(Channel channel) {
        loop = channel.eventLoop();
    }

    /** Behind what the loop does now. Before there is a connection, at once. */
    @Override
    public void execute(Runnable work) {
        Executor known = loop;
        if (known == null) {
            work.run();
        } else {
            known.execute(work);
        }
    }
}
