package dev.sallyport.gateway.provider;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import javax.net.ssl.SSLException;
import reactor.netty.NettyPipeline;

/**
 * Behind the TLS handler of a connection that is being made: whatever ends the handshake is a failure of TLS. A peer that hangs
 * up or resets then is told of as of any connection that ended, and may as well speak no TLS at all.
 */
final class HandshakeFailures extends ChannelInboundHandlerAdapter {
    private HandshakeFailures() {}

    /** Puts one into a connection that was configured, if it has TLS. */
    static void install(Channel channel) {
        if (channel.pipeline().get(NettyPipeline.SslHandler) != null) {
            channel.pipeline()
                    .addAfter(NettyPipeline.SslHandler, "sallyport.handshakeFailures", new HandshakeFailures());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            context.pipeline().remove(this);
            context.fireUserEventTriggered(
                    completion.isSuccess() ? event : new SslHandshakeCompletionEvent(ofTls(completion.cause())));
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.fireExceptionCaught(ofTls(cause));
    }

    private static SSLException ofTls(Throwable cause) {
        return cause instanceof SSLException tls
                ? tls
                : new SSLException("the connection ended during the TLS handshake", cause);
    }
}
