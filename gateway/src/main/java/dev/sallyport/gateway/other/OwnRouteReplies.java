package dev.sallyport.gateway.other;

import dev.sallyport.gateway.http.UnreadableReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Stands between Reactor Netty's client and the upstream of an own route. Skips interim replies (RFC 9110, 15.2): the client takes all
 * but {@code 100} for the reply itself. Marks as unreadable what is not HTTP, whose failure to decode would look like a bug of
 * the gateway, and a {@code 101} that was not asked for. One instance per connection, on its event loop.
 */
public final class OwnRouteReplies extends ChannelInboundHandlerAdapter {
    private boolean skipping;

    private OwnRouteReplies() {}

    /** Puts one behind the codec of a connection of Reactor Netty's client. */
    public static void into(ChannelPipeline pipeline) {
        if (pipeline.get(NettyPipeline.HttpCodec) != null) {
            pipeline.addAfter(NettyPipeline.HttpCodec, "sallyport.ownRouteReplies", new OwnRouteReplies());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            skipping = isSkipped(response.status());
        }
        if (!skipping || !(message instanceof HttpResponse || message instanceof HttpContent)) {
            markIfUnreadable(message);
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            skipping = false;
            context.read();
        }
    }

    private static void markIfUnreadable(Object message) {
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            fail(
                    part,
                    "The reply is not well-formed HTTP/1.1.",
                    part.decoderResult().cause());
        } else if (message instanceof HttpResponse response
                && response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            fail(response, "The reply switches to another protocol, which was not asked for.", null);
        }
    }

    private static void fail(HttpObject part, String problem, @Nullable Throwable cause) {
        part.setDecoderResult(DecoderResult.failure(new UnreadableReply(problem, cause)));
    }

    private static boolean isSkipped(HttpResponseStatus status) {
        return status.codeClass() == HttpStatusClass.INFORMATIONAL
                && status.code() != HttpResponseStatus.CONTINUE.code()
                && status.code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    }
}
