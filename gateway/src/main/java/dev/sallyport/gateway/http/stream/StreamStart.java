package dev.sallyport.gateway.http.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import reactor.netty.ConnectionObserver;

/** Sets up the streams of one connection. */
@Sharable
final class StreamStart extends ChannelInitializer<Channel> {
    private final Streams streams;
    private final StreamConnection connection;
    private final ConnectionObserver observer;

    StreamStart(Streams streams, StreamConnection connection, ConnectionObserver observer) {
        this.streams = streams;
        this.connection = connection;
        this.observer = observer;
    }

    @Override
    protected void initChannel(Channel stream) {
        streams.into(stream, connection, observer);
    }
}
