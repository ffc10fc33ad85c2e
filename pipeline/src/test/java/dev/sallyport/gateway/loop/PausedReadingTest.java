package dev.sallyport.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What epoll is told of a connection, and what the connection is told of epoll's events. */
@EnabledOnOs(OS.LINUX)
final class PausedReadingTest {
    private final List<Integer> told = new ArrayList<>();
    private final List<Integer> happened = new ArrayList<>();

    private final EpollIoOps notReading = EpollIoOps.EPOLLRDHUP;
    private final EpollIoOps reading = notReading.with(EpollIoOps.EPOLLIN);
    private final Told epoll = new Told();
    private final IoRegistration registration;

    PausedReadingTest() throws Exception {
        registration = LastingRegistrations.in(executor -> epoll)
                .newHandler(ImmediateEventExecutor.INSTANCE)
                .register(new Connection());
        registration.submit(reading);
        told.clear();
    }

    @Test
    void a_pause_in_which_nothing_comes_is_not_told() {
        registration.submit(notReading);
        registration.submit(reading);

        assertThat(told).isEmpty();
    }

    @Test
    void bytes_that_come_in_a_pause_are_not_handed_on_and_the_pause_is_told() {
        registration.submit(notReading);
        happens(reading);

        assertThat(told).containsExactly(notReading.value());
        assertThat(happened).containsExactly(EpollIoOps.EPOLLRDHUP.value());
    }

    @Test
    void what_came_in_a_pause_is_asked_for_again() {
        registration.submit(notReading);
        happens(EpollIoOps.EPOLLIN);
        registration.submit(reading);
        happens(EpollIoOps.EPOLLIN);

        assertThat(told).containsExactly(notReading.value(), reading.value());
        assertThat(happened).containsExactly(0, EpollIoOps.EPOLLIN.value());
    }

    @Test
    void a_write_that_blocks_is_waited_for_in_a_pause() {
        registration.submit(notReading);
        registration.submit(notReading.with(EpollIoOps.EPOLLOUT));

        assertThat(told).containsExactly(notReading.with(EpollIoOps.EPOLLOUT).value());
    }

    @Test
    void nothing_at_all_is_never_told() {
        registration.submit(EpollIoOps.NONE);

        assertThat(told).containsExactly(EpollIoOps.EPOLLET.value());
    }

    private void happens(EpollIoOps ops) {
        epoll.known.get(0).handle(registration, (EpollIoEvent) () -> ops);
    }

    /** Epoll, as far as it is told of a connection. */
    private final class Told implements IoHandler {
        private final List<IoHandle> known = new ArrayList<>();

        @Override
        public IoRegistration register(IoHandle handle) {
            known.add(handle);
            return new Registered();
        }

        @Override
        public int run(IoHandlerContext context) {
            return 0;
        }

        @Override
        public void prepareToDestroy() {}

        @Override
        public void destroy() {}

        @Override
        public void wakeup() {}

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return true;
        }
    }

    private final class Registered implements IoRegistration {
        @Override
        public long submit(IoOps ops) {
            told.add(((EpollIoOps) ops).value());
            return 0;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's
        public <T> T attachment() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public boolean cancel() {
            return true;
        }
    }

    private final class Connection implements EpollIoHandle {
        @Override
        public FileDescriptor fd() {
            return new FileDescriptor(1);
        }

        @Override
        public void handle(IoRegistration of, IoEvent event) {
            happened.add(((EpollIoEvent) event).ops().value());
        }

        @Override
        public void close() {}
    }
}
