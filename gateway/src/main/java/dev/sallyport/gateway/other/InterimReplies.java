package dev.sallyport.gateway.other;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/**
 * Skips the interim replies of an own route's upstream (RFC 9110, 15.2). Reactor Netty's client takes all but {@code 100} for the
 * reply itself. One instance per connection, on its event loop.
 */
public final class InterimReplies extends ChannelInboundHandlerAdapter {
    /** In front of one reply; as many as of the provider. */
    private static final int MOST = 16;

    private boolean skipping;
    private int skipped;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            skipped = isInterim(response) ? skipped + 1 : 0;
            skipping = skipped > 0 && skipped <= MOST;
            failIfTooMany(response);
        }
        if (!skipping || !(message instanceof HttpResponse || message instanceof HttpContent)) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            skipping = false;
            context.read();
        }
    }

    /** One that cannot be read is none: nothing comes behind it. */
    private static boolean isInterim(HttpResponse response) {
        return response.decoderResult().isSuccess()
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && response.status().code() != HttpResponseStatus.CONTINUE.code()
                && response.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    }

    private void failIfTooMany(HttpResponse response) {
        if (skipped > MOST) {
            response.setDecoderResult(DecoderResult.failure(
                    new IOException("the reply must come after at most " + MOST + " interim replies")));
        }
    }
}
