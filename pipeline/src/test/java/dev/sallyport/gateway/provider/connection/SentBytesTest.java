package dev.sallyport.gateway.provider.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is known of a request's bytes, whatever becomes of its writing. */
@SuppressWarnings("FutureReturnValueIgnored") // what became of a write is asked of what is tested
final class SentBytesTest {
    private final Network network = new Network();
    private final SentBytes sent = new SentBytes();
    private final EmbeddedChannel channel = new EmbeddedChannel(network, sent);

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void nothing_is_known_to_have_left_before_the_network_took_something() {
        write();

        assertThat(sent.some()).isFalse();
    }

    @Test
    void one_byte_is_enough() {
        write();
        network.took(1);
        network.broke();

        assertThat(sent.some()).isTrue();
    }

    @Test
    void a_write_that_fails_before_its_first_byte_left_nothing() {
        ChannelFuture write = write();
        network.broke();

        assertThat(write.cause()).isInstanceOf(IOException.class);
        assertThat(sent.some()).isFalse();
    }

    @Test
    void a_write_that_succeeds_left() {
        ChannelFuture write = write();
        network.tookAll();

        assertThat(write.isSuccess()).isTrue();
        assertThat(sent.some()).isTrue();
    }

    @Test
    void the_second_of_several_writes_counts_as_well() {
        write();
        write();
        network.took(1);

        assertThat(sent.some()).isTrue();
    }

    @Test
    void every_exchange_begins_anew() {
        write();
        network.tookAll();
        sent.begin();

        assertThat(sent.some()).isFalse();
    }

    @Test
    void what_was_cut_is_closed() {
        write();
        sent.cut();

        assertThat(channel.isOpen()).isFalse();
        assertThat(sent.some()).isFalse();
    }

    private ChannelFuture write() {
        return channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[10]));
    }

    /** Keeps what is written, and says what became of the last of it. */
    private static final class Network extends ChannelOutboundHandlerAdapter {
        private final List<ChannelPromise> writes = new ArrayList<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            writes.add(promise);
        }

        void took(long bytes) {
            ((ChannelProgressivePromise) last()).setProgress(bytes, 10);
        }

        void tookAll() {
            last().setSuccess();
        }

        void broke() {
            last().setFailure(new IOException("broken"));
        }

        private ChannelPromise last() {
            return writes.get(writes.size() - 1);
        }
    }
}
