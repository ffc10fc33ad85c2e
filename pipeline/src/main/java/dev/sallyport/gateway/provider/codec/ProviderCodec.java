package dev.sallyport.gateway.provider.codec;

import dev.sallyport.gateway.loop.OneBuffer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * HTTP/1.1 on a connection to the provider, in the place of Netty's own client codec, which takes whatever comes on a
 * connection for the reply to whatever was asked last. One instance per connection, on its event loop.
 */
public final class ProviderCodec extends CombinedChannelDuplexHandler<ReplyDecoder, HttpRequestEncoder> {
    /**
     * The codec of one connection.
     *
     * @param reuse whether the connection may carry a second call
     */
    public ProviderCodec(boolean reuse) {
        super(new ReplyDecoder(reuse), new Encoder());
    }

    /** Whether nothing is due on the connection, and nothing came that was not. */
    public boolean isAtRest() {
        return inboundHandler().isAtRest();
    }

    /** Whether the connection may carry another call, as far as the last reply and what came with it can tell. */
    public boolean isReusable() {
        return inboundHandler().isReusable();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest) {
            inboundHandler().expectReply();
        }
        ChannelPromise written = promise.unvoid();
        if (message instanceof LastHttpContent) {
            inboundHandler().requestEndsWith(written);
        }
        super.write(context, message, written);
    }

    private static final class Encoder extends HttpRequestEncoder {
        @Override
        protected void encode(ChannelHandlerContext through, Object message, List<Object> out) throws Exception {
            super.encode(through, message, out);
            OneBuffer.of(out, through.alloc());
        }
    }
}
