package dev.sallyport.gateway.http.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.contract.Operation;
import dev.sallyport.gateway.edge.CallerFields;
import dev.sallyport.gateway.edge.OtherCalls;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.edge.TrustedCallers;
import dev.sallyport.gateway.http.NoConnectionEvents;
import dev.sallyport.gateway.log.PackWords;
import dev.sallyport.rejection.ErrorShape;
import dev.sallyport.rejection.RejectionRenderer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

/** The handler by itself: what goes on behind it, what is released, and what the end of a connection does to a call. */
final class CallHandlerTest {
    private final Sinks.One<Reply> reply = Sinks.one();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final EmbeddedChannel channel = new EmbeddedChannel(calls().handler());

    /** Its event loop is this thread, on which no other test may schedule anything. */
    @AfterEach
    void forgetTheLoop() {
        FastThreadLocal.removeAll();
    }

    @Test
    void a_call_is_kept_and_its_buffers_are_released_and_the_rest_goes_on_as_it_came() {
        ByteBuf first = Unpooled.copiedBuffer("{", StandardCharsets.US_ASCII);
        ByteBuf last = Unpooled.copiedBuffer("}", StandardCharsets.US_ASCII);

        assertThat(channel.writeInbound(call(), new DefaultHttpContent(first))).isFalse();
        assertThat(asked).hasValue(0);
        assertThat(channel.writeInbound(new DefaultLastHttpContent(last))).isFalse();
        assertThat(asked).hasValue(1);
        assertThat(first.refCnt()).isZero();
        assertThat(last.refCnt()).isZero();

        reply.tryEmitValue(answer()).orThrow();
        FullHttpResponse written = channel.readOutbound();
        assertThat(written.content().toString(StandardCharsets.US_ASCII)).isEqualTo("[]");
        written.release();
        HttpRequest other = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/other");
        assertThat(channel.writeInbound(other, LastHttpContent.EMPTY_LAST_CONTENT))
                .isTrue();
        assertThat(channel.<HttpRequest>readInbound()).isSameAs(other);
        assertThat(channel.<HttpContent>readInbound()).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void a_call_whose_connection_breaks_within_its_body_is_neither_made_nor_refused() {
        channel.writeInbound(call());

        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));

        assertThat(channel.<Object>readOutbound()).isNull();
        channel.close().syncUninterruptibly();
        assertThat(channel.<Object>readOutbound()).isNull();
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_call_whose_connection_ends_is_cancelled_and_a_reply_that_comes_then_goes_nowhere() {
        channel.writeInbound(call(), LastHttpContent.EMPTY_LAST_CONTENT);

        channel.close().syncUninterruptibly();

        assertThat(cancelled).hasValue(1);
        reply.tryEmitValue(answer());
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void a_body_whose_connection_ends_is_forgotten() {
        ByteBuf part = Unpooled.copiedBuffer("{", StandardCharsets.US_ASCII);
        channel.writeInbound(call(), new DefaultHttpContent(part));

        channel.close().syncUninterruptibly();

        assertThat(part.refCnt()).isZero();
        assertThat(asked).hasValue(0);
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    /** The connection stays for a moment, in which its caller may read the answer. */
    @Test
    void what_still_comes_of_a_refused_call_is_released() {
        channel.pipeline().addFirst(new Lingering());
        HttpRequest call = call();
        call.headers().remove("content-type");
        ByteBuf part = Unpooled.copiedBuffer("{", StandardCharsets.US_ASCII);

        assertThat(channel.writeInbound(call, new DefaultLastHttpContent(part))).isFalse();

        FullHttpResponse refusal = Objects.requireNonNull(channel.readOutbound());
        assertThat(refusal.status().code()).isEqualTo(415);
        refusal.release();
        assertThat(part.refCnt()).isZero();
        assertThat(asked).hasValue(0);
    }

    private static final class Lingering extends ChannelOutboundHandlerAdapter {
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            promise.setSuccess();
        }
    }

    private static HttpRequest call() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/call");
        request.headers().set("content-type", "application/json").set("transfer-encoding", "chunked");
        return request;
    }

    private static Reply answer() {
        return new Answer(200, Headers.NONE, new byte[] {'[', ']'}, Timing.NONE, Document.NONE);
    }

    private Calls calls() {
        var route = new Routes.Route(new Operation("call", "POST", "/call"), Set.of(), Duration.ofSeconds(10), call -> {
            asked.incrementAndGet();
            return reply.asMono().doOnCancel(cancelled::incrementAndGet);
        });
        var served = new ServingSnapshot(
                new Routes(List.of(route)),
                OtherCalls.none(),
                new RejectionRenderer(ErrorShape.plain(), "https://errors.invalid"),
                new CallerFields(Set.of(), TrustedCallers.NONE),
                new PackWords(Optional.empty(), Set.of()));
        return new Calls(
                () -> served,
                new RefusalWriter(written -> {}),
                new NoConnectionEvents(),
                new Calls.Options(1024, CallReports.NONE, false),
                operation -> false);
    }
}
