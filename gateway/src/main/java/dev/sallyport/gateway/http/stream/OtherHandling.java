package dev.sallyport.gateway.http.stream;

import dev.sallyport.gateway.http.connection.UncaughtErrors;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.function.Supplier;
import reactor.netty.NettyPipeline;

/**
 * Last on a stream, for a request that the handlers before it have not taken: has Reactor Netty handle it, as it would handle the
 * one request of a connection. A stream with a call pays nothing for it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close has no outcome to act on
final class OtherHandling extends ChannelInboundHandlerAdapter {
    private final Supplier<ChannelInitializer<Channel>> handling;
    private final UncaughtErrors uncaught;

    private boolean isThere;

    /**
     * Nothing so far.
     *
     * @param handling sets Reactor Netty's handlers up, its codec among them
     */
    OtherHandling(Supplier<ChannelInitializer<Channel>> handling, UncaughtErrors uncaught) {
        this.handling = handling;
        this.uncaught = uncaught;
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (!isThere) {
            isThere = true;
            begin(here);
        }
        here.fireChannelRead(message);
    }

    private void begin(ChannelHandlerContext here) {
        here.pipeline().addLast("sallyport.othersStart", handling.get());
        here.pipeline().remove(NettyPipeline.HttpCodec);
        here.pipeline().addBefore(NettyPipeline.ReactiveBridge, "sallyport.uncaughtErrors", uncaught);
        here.fireChannelActive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable error) {
        if (isThere) {
            here.fireExceptionCaught(error);
        } else if (!(error.getCause()
                instanceof Http2Exception)) { // after which the codec resets the stream, and says why
            uncaught.tell(error);
            here.close();
        }
    }
}
