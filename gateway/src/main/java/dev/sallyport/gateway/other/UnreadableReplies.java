package dev.sallyport.gateway.other;

import dev.sallyport.gateway.http.UnreadableReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Says of a reply of an own route's upstream that it is its upstream's fault if it cannot be read, which would look like a bug of the
 * gateway otherwise. A {@code 101} that was not asked for cannot. One instance per connection, on its event loop.
 */
public final class UnreadableReplies extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            fail(
                    part,
                    "The reply cannot be read as HTTP/1.",
                    part.decoderResult().cause());
        } else if (message instanceof HttpResponse response
                && response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            fail(response, "The reply switches to another protocol, which was not asked for.", null);
        }
        context.fireChannelRead(message);
    }

    private static void fail(HttpObject part, String problem, @Nullable Throwable cause) {
        part.setDecoderResult(DecoderResult.failure(new UnreadableReply(problem, cause)));
    }
}
