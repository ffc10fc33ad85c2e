package dev.sallyport.gateway.provider;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/**
 * HTTP/1.1 on a connection to the provider, in the place of Netty's own client codec, which takes whatever comes on a
 * connection for the reply to whatever was asked last. One instance per connection, on its event loop.
 */
final class ProviderCodec extends CombinedChannelDuplexHandler<ReplyDecoder, HttpRequestEncoder> {
    /**
     * The codec of one connection.
     *
     * @param reuse whether the connection may carry a second call
     */
    ProviderCodec(boolean reuse) {
        super(new ReplyDecoder(reuse), new HttpRequestEncoder());
    }

    /** Puts one into a connection that was configured for HTTP. */
    static void install(Channel channel, boolean reuse) {
        channel.pipeline().replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new ProviderCodec(reuse));
    }

    /** Throws unless nothing but a request may come next on a connection, and closes it then. */
    static void requireAtRest(Connection connection) throws IOException {
        var codec = (ProviderCodec) connection.channel().pipeline().get(NettyPipeline.HttpCodec);
        if (codec == null || !codec.isAtRest()) {
            connection.markPersistent(false);
            throw new NotAtRest();
        }
    }

    /** Whether nothing is due on the connection, and nothing came that was not. */
    boolean isAtRest() {
        return inboundHandler().isAtRest();
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

    /** A connection from the pool on which something is still due. */
    private static final class NotAtRest extends IOException {
        private static final long serialVersionUID = 1L;

        NotAtRest() {
            super("the connection was not at rest when it was taken from its pool");
        }
    }
}
