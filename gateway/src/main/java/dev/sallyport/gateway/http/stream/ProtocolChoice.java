package dev.sallyport.gateway.http.stream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import reactor.netty.ConnectionObserver;

/**
 * Behind TLS, until its handshake is over, which Reactor Netty tells by the connection's becoming active: takes HTTP/1.1 out if
 * HTTP/2 was chosen, and else only itself.
 */
final class ProtocolChoice extends ChannelInboundHandlerAdapter {
    private final Streams streams;
    private final ConnectionObserver observer;

    ProtocolChoice(Streams streams, ConnectionObserver observer) {
        this.streams = streams;
        this.observer = observer;
    }

    @Override
    public void channelActive(ChannelHandlerContext here) {
        ChannelPipeline pipeline = here.pipeline();
        boolean isHttp2 = isHttp2(pipeline.get(SslHandler.class));
        if (isHttp2) {
            while (pipeline.last() != this) {
                pipeline.removeLast();
            }
            streams.speakOn(pipeline, observer);
        }
        pipeline.remove(this);
        here.fireChannelActive();
        if (isHttp2) {
            here.channel().config().setAutoRead(true);
        }
    }

    private static boolean isHttp2(@Nullable SslHandler tls) {
        return tls != null && ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
    }
}
