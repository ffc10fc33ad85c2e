package dev.sallyport.gateway.loop;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Netty's epoll, but a connection that waits for nothing stays registered. Netty 4.2.18 (4.2.20 as well) takes it out of epoll,
 * remembers it as being there, and cannot wait for it again: epoll answers {@code ENOENT}, and the rest of an answer is never
 * written. It meets a caller who ended its side and reads slowly, since after the end of the input there is nothing to wait for
 * until a write blocks.
 *
 * <p>What takes the place of nothing is {@code EPOLLET} alone. Epoll always tells of errors and hang-ups; edge-triggered it tells
 * of each once, where the usual way it would go on telling, and the loop would spin, until the connection is closed. That is why
 * Netty takes connections out (netty/netty#16689, since which it is so). To be deleted with {@link EventLoops} once a connection
 * can be waited for again in Netty; {@code HalfClosedCallerTest} passes without it then.
 */
final class LastingRegistrations implements IoHandler {
    private final IoHandler epoll;

    private LastingRegistrations(IoHandler epoll) {
        this.epoll = epoll;
    }

    static IoHandlerFactory in(IoHandlerFactory epoll) {
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor executor) {
                return new LastingRegistrations(epoll.newHandler(executor));
            }

            @Override
            public boolean isChangingThreadSupported() {
                return epoll.isChangingThreadSupported();
            }
        };
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Lasting(epoll.register(handle));
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }

    private record Lasting(IoRegistration registration) implements IoRegistration {
        @Override
        public long submit(IoOps ops) {
            return registration.submit(ops.equals(EpollIoOps.NONE) ? EpollIoOps.EPOLLET : ops);
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }
}
