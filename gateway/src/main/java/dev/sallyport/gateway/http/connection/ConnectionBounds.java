package dev.sallyport.gateway.http.connection;

import dev.sallyport.config.RequestSettings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import java.util.function.Consumer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Puts what bounds connections into a server: at its port, and into each connection's pipeline. */
public final class ConnectionBounds {
    /** Behind this handler requests come one at a time. */
    public static final String HANDLER = "sallyport.connection";

    /** Of a request line, in bytes. */
    public static final int LONGEST_LINE = 4096;

    private static final String ADMISSION = "sallyport.admission";

    private final RequestSettings settings;
    private final ConnectionEvents events;
    private final UncaughtErrors uncaught;
    private final Shared shared;

    /** Bounds that all servers which they are put into share, but for the number of connections. */
    public ConnectionBounds(RequestSettings settings, ConnectionEvents events) {
        this.settings = settings;
        this.events = events;
        this.shared = new Shared(new UnreadAnswers(settings.maxUnread().bytes()), new OpenConnections(), events);
        this.uncaught = new UncaughtErrors(events);
    }

    /** The server with bounds. A caller may end its side of a connection and still be answered. */
    public HttpServer in(HttpServer server) {
        return server.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .doOnBound(bound -> into(bound.channel().pipeline()))
                .doOnChannelInit((observer, channel, remote) -> into(channel));
    }

    /** Those of the one server that these bounds are put into. */
    public OpenConnections open() {
        return shared.open();
    }

    /** What they have in common. */
    public Shared shared() {
        return shared;
    }

    /**
     * Another server with a bound on its connections alone, half of which one address may have.
     *
     * @param refusals hears of each that was closed at once
     * @param failures hears of connections that could not be accepted
     */
    public static HttpServer counted(HttpServer server, int most, Runnable refusals, Consumer<Throwable> failures) {
        var admission = new Admission(most, (most + 1) / 2, why -> refusals.run(), failures);
        return server.doOnBound(bound -> bound.channel().pipeline().addFirst(ADMISSION, admission));
    }

    private void into(ChannelPipeline port) {
        port.addFirst(ADMISSION, admission());
        shared.open().boundTo(port.channel());
    }

    private Admission admission() {
        return new Admission(
                settings.maxConnections(), settings.maxConnectionsPerAddress(), events::refused, events::acceptFailed);
    }

    private void into(Channel channel) {
        var codec =
                ConnectionCodec.of(LONGEST_LINE, (int) settings.headerLimit().bytes());
        var connection = new CallerConnection(codec, shared, settings);
        channel.pipeline().replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, codec);
        channel.pipeline().addAfter(NettyPipeline.HttpCodec, HANDLER, connection);
        channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "sallyport.uncaughtErrors", uncaught);
    }
}
