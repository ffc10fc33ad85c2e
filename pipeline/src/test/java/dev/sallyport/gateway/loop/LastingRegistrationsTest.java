package dev.sallyport.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a connection can do after its caller ended its side, and what it does not cost. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
final class LastingRegistrationsTest {
    private static final int SMALL = 16 * 1024;
    private static final int LARGE = 1024 * 1024;
    private static final int TICKS = 30;
    /** A loop that spins turns some ten thousand times meanwhile. */
    private static final int FEW_TURNS = 10 * TICKS;

    private final AtomicInteger turns = new AtomicInteger();
    private final BlockingQueue<EpollSocketChannel> halfClosed = new LinkedBlockingQueue<>();
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, counting());
    private final Socket caller = new Socket();

    private IoHandlerFactory counting() {
        IoHandlerFactory lasting = LastingRegistrations.in(EpollIoHandler.newFactory());
        return executor -> {
            IoHandler handler = lasting.newHandler(executor);
            return (IoHandler) Proxy.newProxyInstance(
                    IoHandler.class.getClassLoader(), new Class<?>[] {IoHandler.class}, (proxy, method, arguments) -> {
                        if (arguments != null && arguments[0] instanceof IoHandlerContext) {
                            turns.incrementAndGet();
                        }
                        return method.invoke(handler, arguments);
                    });
        };
    }

    @BeforeEach
    void connect() throws IOException {
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.SO_SNDBUF, SMALL)
                .childHandler(new TellsOfTheEnd())
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        caller.setReceiveBufferSize(SMALL);
        caller.connect(server.localAddress());
    }

    @AfterEach
    void close() throws IOException {
        caller.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Sharable
    private final class TellsOfTheEnd extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownReadComplete.INSTANCE) {
                halfClosed.add((EpollSocketChannel) context.channel());
            }
        }
    }

    @Test
    void writes_that_have_to_wait_for_the_caller_go_on_one_after_another() throws Exception {
        EpollSocketChannel connection = halfClosed();

        for (int answer = 0; answer < 5; answer++) {
            ChannelFuture written = write(connection);
            assertThat(written.isDone()).as("the caller has not read so far").isFalse();

            assertThat(caller.getInputStream().readNBytes(LARGE)).hasSize(LARGE);
            assertThat(written.await().isSuccess()).isTrue();
        }
    }

    @Test
    void a_caller_who_resets_costs_no_turns_and_fails_the_next_write() throws Exception {
        EpollSocketChannel connection = halfClosed();

        caller.setSoLinger(true, 0);
        caller.close();

        assertThat(turnsMeanwhile(connection)).isLessThan(FEW_TURNS);
        assertThat(write(connection).await().isSuccess()).isFalse();
        assertThat(connection.closeFuture().await().isSuccess()).isTrue();
    }

    @Test
    void a_connection_whose_two_sides_ended_costs_no_turns() throws Exception {
        EpollSocketChannel connection = halfClosed();

        connection.shutdownOutput().sync();

        assertThat(caller.getInputStream().read()).isNegative();
        assertThat(turnsMeanwhile(connection)).isLessThan(FEW_TURNS);
    }

    @Test
    void a_caller_who_resets_while_a_write_waits_is_noticed() throws Exception {
        EpollSocketChannel connection = halfClosed();
        ChannelFuture written = write(connection);

        caller.setSoLinger(true, 0);
        caller.close();

        assertThat(written.await().isSuccess()).isFalse();
        assertThat(connection.closeFuture().await().isSuccess()).isTrue();
    }

    private EpollSocketChannel halfClosed() throws Exception {
        caller.shutdownOutput();
        return halfClosed.take();
    }

    /** Returns after the network took what it would. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is what is returned
    private static ChannelFuture write(Channel connection) throws Exception {
        return connection
                .eventLoop()
                .submit(() -> connection.writeAndFlush(Unpooled.wrappedBuffer(new byte[LARGE])))
                .get();
    }

    private int turnsMeanwhile(Channel connection) throws Exception {
        int before = turns.get();
        for (int tick = 0; tick < TICKS; tick++) {
            connection.eventLoop().schedule(() -> {}, 10, TimeUnit.MILLISECONDS).sync();
        }
        return turns.get() - before;
    }
}
