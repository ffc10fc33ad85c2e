package dev.sallyport.gateway.http;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.call.Calls;
import dev.sallyport.gateway.http.connection.ConnectionBounds;
import dev.sallyport.gateway.http.connection.ConnectionEvents;
import dev.sallyport.gateway.http.connection.OpenConnections;
import dev.sallyport.gateway.http.stream.Streams;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/**
 * What bounds a client: sizes, times, connections, and the guard in front of everything; and behind it what takes the calls, so
 * that Reactor Netty is left with the other requests.
 */
public final class ServerLimits implements NettyServerCustomizer {
    private static final String GUARD = "sallyport.framingGuard";
    private static final String CALLS = "sallyport.calls";

    private final RequestSettings settings;
    private final RefusalWriter refusals;
    private final Supplier<ServingSnapshot> serving;
    private final ConnectionEvents events;
    private final Calls calls;
    private final ConnectionBounds bounds;

    ServerLimits(
            RequestSettings settings,
            RefusalWriter refusals,
            Supplier<ServingSnapshot> serving,
            ConnectionEvents events,
            Calls calls) {
        this.settings = settings;
        this.refusals = refusals;
        this.serving = serving;
        this.events = events;
        this.calls = calls;
        this.bounds = new ConnectionBounds(settings, events);
    }

    /** The connections that are open. */
    public OpenConnections connections() {
        return bounds.open();
    }

    /** HTTP/2 is offered by the server's TLS, and spoken by handlers of our own, as HTTP/1.1 is. */
    @Override
    public HttpServer apply(HttpServer server) {
        HttpServer bounded = bounds.in(server).doOnChannelInit((observer, channel, remote) -> into(channel));
        if (!offersHttp2(server)) {
            return bounded;
        }
        var streams = new Streams(server, settings, bounds.shared(), this::intoStream);
        return bounded.protocol(HttpProtocol.HTTP11)
                .doOnChannelInit((observer, channel, remote) -> streams.into(channel, observer));
    }

    private static boolean offersHttp2(HttpServer server) {
        return List.of(server.configuration().protocols()).contains(HttpProtocol.H2);
    }

    private void into(Channel channel) {
        channel.pipeline().addAfter(ConnectionBounds.HANDLER, GUARD, guard()).addAfter(GUARD, CALLS, calls.handler());
    }

    private void intoStream(ChannelPipeline stream) {
        stream.addLast(GUARD, guard()).addLast(CALLS, calls.handler());
    }

    private FramingGuard guard() {
        return new FramingGuard(refusals, serving, events, calls.reports(), connections()::areRefusing);
    }
}
