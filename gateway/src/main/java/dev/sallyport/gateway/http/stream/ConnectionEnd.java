package dev.sallyport.gateway.http.stream;

import dev.sallyport.gateway.http.connection.UncaughtErrors;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;

/** Last on a connection of HTTP/2: forgets frames that no stream takes, and ends the connection on an error that nothing else does. */
@SuppressWarnings("FutureReturnValueIgnored") // a close has no outcome to act on
final class ConnectionEnd extends ChannelInboundHandlerAdapter {
    private final UncaughtErrors uncaught;

    ConnectionEnd(UncaughtErrors uncaught) {
        this.uncaught = uncaught;
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) {
        ReferenceCountUtil.release(event);
    }

    /** What the codec finds wrong with a caller's frames, it tells the caller before it closes. */
    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable error) {
        if (!(error instanceof Http2Exception)) {
            uncaught.tell(error);
            here.close();
        }
    }
}
