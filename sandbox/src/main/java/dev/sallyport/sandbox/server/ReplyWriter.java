package dev.sallyport.sandbox.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sallyport.sandbox.fault.Fault;
import dev.sallyport.sandbox.reply.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.http.server.HttpServerResponse;

/** Writes replies, properly or with a fault of the connection. */
final class ReplyWriter {
    private static final int DRIPS = 20;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MISSING_BYTES = 64;

    private ReplyWriter() {}

    static Publisher<Void> write(HttpServerResponse response, Reply reply, @Nullable Fault fault) {
        if (fault == null) {
            return head(response, reply).sendByteArray(Mono.just(reply.content()));
        }
        return switch (fault) {
            case SLOW_BODY -> dripping(head(response, reply), reply.content());
            case TRUNCATED_BODY -> onChannel(response, channel -> sendPart(channel, reply));
            case CLOSE -> onChannel(response, ReplyWriter::close);
            case RESET -> onChannel(response, ReplyWriter::reset);
            case HANG -> Mono.never();
            default -> throw new IllegalArgumentException("no fault of the connection: " + fault);
        };
    }

    private static HttpServerResponse head(HttpServerResponse response, Reply reply) {
        reply.headers().forEach(response::header);
        return response.status(reply.status())
                .header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(reply.content().length));
    }

    private static NettyOutbound dripping(HttpServerResponse response, byte[] content) {
        int size = content.length / DRIPS + 1;
        List<byte[]> pieces = IntStream.iterate(0, from -> from < content.length, from -> from + size)
                .mapToObj(from -> Arrays.copyOfRange(content, from, Math.min(from + size, content.length)))
                .toList();
        Flux<byte[]> drips = Flux.fromIterable(pieces);
        Flux<byte[]> firstAtOnce = drips.take(1).concatWith(drips.skip(1).delayElements(PAUSE));
        return response.sendByteArray(firstAtOnce);
    }

    /** Leaves the exchange unanswered: it ends when the connection does. */
    private static Mono<Void> onChannel(HttpServerResponse response, Consumer<Channel> misuse) {
        response.withConnection(connection -> misuse.accept(connection.channel()));
        return Mono.never();
    }

    /** Writes past the HTTP encoder, which would not let a wrong length through. */
    private static void sendPart(Channel channel, Reply reply) {
        String head = "HTTP/1.1 " + reply.status() + " OK\r\ncontent-type: application/json\r\ncontent-length: "
                + (reply.content().length + MISSING_BYTES) + "\r\n\r\n";
        ByteBuf bytes = Unpooled.wrappedBuffer(head.getBytes(US_ASCII), reply.content());
        channel.pipeline().firstContext().writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
    }

    private static void reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        close(channel);
    }

    private static void close(Channel channel) {
        var unused = channel.close(); // no caller is left to be told
    }
}
