package dev.sallyport.gateway.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Netty's epoll, but registrations last longer than Netty has them, in two ways.
 *
 * <p>A connection that is not read for a while stays registered for reading until bytes come. While a call is answered its
 * caller's connection is not read, and hardly ever do bytes come meanwhile: that spares each call two system calls. Where they
 * come, epoll is told what the connection waits for, and tells of them again once it is read.
 *
 * <p>A connection that waits for nothing stays registered. Netty 4.2.18 (4.2.20 as well) takes it out of epoll, remembers it as
 * being there, and cannot wait for it again: epoll answers {@code ENOENT}, and the rest of an answer is never written. It meets a
 * caller who ended its side and reads slowly, since after the end of the input there is nothing to wait for until a write
 * blocks. {@code HalfClosedCallerTest} passes without this once Netty can wait again. What takes the place of nothing is
 * {@code EPOLLET} alone. Epoll always tells of errors and hang-ups; edge-triggered it tells of each once, where the usual way it
 * would go on telling, and the loop would spin, until the connection is closed. That is why Netty takes connections out
 * (netty/netty#16689, since which it is so).
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
        if (!(handle instanceof EpollIoHandle ofEpoll)) {
            return epoll.register(handle);
        }
        var waiting = new Waiting(ofEpoll);
        return waiting.of(epoll.register(waiting));
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

    /** One connection: what it waits for, and what epoll was last told. On its event loop. */
    @SuppressWarnings("try") // its close() throws what Netty's may throw
    private static final class Waiting implements EpollIoHandle, IoRegistration {
        private final EpollIoHandle handle;
        private @Nullable IoRegistration registration;
        private EpollIoOps wanted = EpollIoOps.NONE;
        private EpollIoOps told = EpollIoOps.NONE;

        Waiting(EpollIoHandle handle) {
            this.handle = handle;
        }

        IoRegistration of(IoRegistration made) {
            registration = made;
            return this;
        }

        private IoRegistration registration() {
            return Objects.requireNonNull(registration);
        }

        @Override
        public long submit(IoOps ops) {
            wanted = ops.equals(EpollIoOps.NONE) ? EpollIoOps.EPOLLET : (EpollIoOps) ops;
            boolean mayWait = (wanted.value() | EpollIoOps.EPOLLIN.value()) == told.value();
            return mayWait ? wanted.value() : tell();
        }

        private long tell() {
            told = wanted;
            return registration().submit(wanted);
        }

        /** Of bytes that came while the connection is not read, only epoll is told. */
        @Override
        public void handle(IoRegistration ofEpoll, IoEvent event) {
            if (told.equals(wanted)) {
                handle.handle(this, event);
            } else {
                tell();
                EpollIoOps happened = ((EpollIoEvent) event).ops().without(EpollIoOps.EPOLLIN);
                handle.handle(this, (EpollIoEvent) () -> happened);
            }
        }

        @Override
        public FileDescriptor fd() {
            return handle.fd();
        }

        @Override
        public void registered() {
            handle.registered();
        }

        @Override
        public void unregistered() {
            handle.unregistered();
        }

        @Override
        public void close() throws Exception {
            handle.close();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's
        public <T> T attachment() {
            return registration().attachment();
        }

        @Override
        public boolean isValid() {
            return registration().isValid();
        }

        @Override
        public boolean cancel() {
            return registration().cancel();
        }
    }
}
