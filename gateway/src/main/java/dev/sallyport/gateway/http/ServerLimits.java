package dev.sallyport.gateway.http;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.call.Calls;
import dev.sallyport.gateway.http.connection.ConnectionBounds;
import dev.sallyport.gateway.http.connection.ConnectionEvents;
import dev.sallyport.gateway.http.connection.OpenConnections;
import io.netty.channel.Channel;
import java.util.function.Supplier;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.server.HttpServer;

/**
 * What bounds a client: sizes, times, connections, and the guard in front of everything; and behind it what takes the calls, so
 * that Reactor Netty is left with the other requests.
 */
public final class ServerLimits implements NettyServerCustomizer {
    private static final String GUARD = "sallyport.framingGuard";

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

    @Override
    public HttpServer apply(HttpServer server) {
        return bounds.in(server).doOnChannelInit((observer, channel, remote) -> into(channel));
    }

    private void into(Channel channel) {
        var guard = new FramingGuard(refusals, serving, events, calls.reports(), connections()::areRefusing);
        channel.pipeline()
                .addAfter(ConnectionBounds.HANDLER, GUARD, guard)
                .addAfter(GUARD, "sallyport.calls", calls.handler());
    }
}
