package dev.sallyport.gateway.http.call;

import io.netty.channel.Channel;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.channel.ChannelOperations;

/**
 * Shows Reactor Netty that a connection has a call in progress: a server that stops waits for it, and then closes the connection.
 * Connections without such a thing it closes at once.
 */
final class AwaitedAtStop extends ChannelOperations<NettyInbound, NettyOutbound> {
    private AwaitedAtStop(Channel channel) {
        super(Connection.from(channel), ConnectionObserver.emptyListener());
    }

    /** From now on, until it has ended. */
    static AwaitedAtStop on(Channel channel) {
        var awaited = new AwaitedAtStop(channel);
        awaited.bind();
        return awaited;
    }

    void end() {
        terminate();
    }
}
