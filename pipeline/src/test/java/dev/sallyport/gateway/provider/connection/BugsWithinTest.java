package dev.sallyport.gateway.provider.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Reply.Timing;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/**
 * Whatever fails on a connection, be it no failure of the network at all, such as a buffer that cannot be had: the call has an
 * outcome, and the connection is closed. Netty alone would fail the write, or drop what was read, and keep the connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are asked of what is tested
final class BugsWithinTest {
    private static final Target TARGET = Target.of(URI.create("http://127.0.0.1"));
    private static final String REPLY = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private final Failing network = new Failing();
    private final EmbeddedChannel channel = new EmbeddedChannel(network);
    private final ProviderConnection connection = ProviderConnection.in(channel, TARGET, true);
    private final List<ProviderConnection> givenBack = new ArrayList<>();
    private final List<Object> outcomes = new ArrayList<>();

    /** Where something is thrown that is no exception. */
    private enum At {
        NOWHERE,
        WRITE,
        FLUSH,
        HEAD,
        WHOLE,
        DOUBT
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void without_any_the_connection_is_given_back() {
        carry(At.NOWHERE);
        receive();

        assertThat(outcomes).containsExactly("{}");
        assertThat(givenBack).containsExactly(connection);
        assertThat(channel.isOpen()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOWHERE")
    void an_error_ends_call_and_connection(At where) {
        Exchange<String> exchange = carry(where);
        receive();

        assertEnded(exchange);
    }

    @Test
    void an_error_while_reading_ends_call_and_connection() {
        Exchange<String> exchange = carry(At.NOWHERE);
        channel.pipeline().fireExceptionCaught(new Bug());

        assertEnded(exchange);
    }

    @Test
    void an_error_ends_an_idle_connection() {
        channel.pipeline().fireExceptionCaught(new Bug());

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void an_error_while_it_is_given_back_keeps_no_reply_and_no_connection() {
        connection.belongsTo(connection -> {
            throw new Bug();
        });
        begin(At.NOWHERE);
        receive();

        assertThat(outcomes).containsExactly("{}");
        assertThat(channel.isOpen()).isFalse();
    }

    private void assertEnded(Exchange<String> exchange) {
        assertThat(outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat((Throwable) outcome)
                        .isInstanceOfAny(Bug.class, io.netty.handler.codec.EncoderException.class));
        assertThat(exchange.isOver()).isTrue();
        assertThat(channel.isOpen()).isFalse();
        assertThat(givenBack).isEmpty();
    }

    private Exchange<String> carry(At where) {
        connection.belongsTo(givenBack::add);
        return begin(where);
    }

    private Exchange<String> begin(At where) {
        var exchange = new Exchange<>(Request.of(TARGET, HttpMethod.GET, "/"), 100, new Reader(where));
        network.fails = where;
        Mono.<String>create(sink -> {
                    exchange.begin(sink, channel.eventLoop());
                    connection.carry(exchange);
                })
                .subscribe(outcomes::add, outcomes::add);
        channel.runPendingTasks();
        return exchange;
    }

    private void receive() {
        if (channel.isOpen()) {
            channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(REPLY, ISO_8859_1));
            channel.pipeline().fireChannelReadComplete();
            channel.runPendingTasks();
        }
    }

    /** Neither an exception nor fatal to Reactor, as what BlockHound throws. */
    private static final class Bug extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Takes writes, or does not. */
    private static final class Failing extends ChannelOutboundHandlerAdapter {
        private At fails = At.NOWHERE;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            if (fails == At.WRITE) {
                throw new Bug();
            }
            promise.setSuccess();
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            if (fails == At.FLUSH) {
                throw new Bug();
            }
            context.flush();
        }
    }

    /** Reads, or does not. */
    private record Reader(At fails) implements ReplyReader<String> {
        @Override
        public @Nullable String ofHead(int status, HttpHeaders headers) {
            failAt(At.HEAD);
            return null;
        }

        @Override
        public String ofWhole(int status, HttpHeaders headers, byte[] body, Timing timing) {
            failAt(At.WHOLE);
            return new String(body, ISO_8859_1);
        }

        @Override
        public boolean isInDoubt(String reply) {
            failAt(At.DOUBT);
            return false;
        }

        private void failAt(At step) {
            if (fails == step) {
                throw new Bug();
            }
        }
    }
}
