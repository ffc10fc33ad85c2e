package dev.sallyport.gateway.http;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.gateway.http.connection.ConnectionBounds;
import dev.sallyport.gateway.http.connection.ConnectionEvents;
import java.util.function.Supplier;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.server.HttpServer;

/** What bounds a client: sizes, times, connections, and the guard in front of everything. */
public final class ServerLimits implements NettyServerCustomizer {
    private final RefusalWriter refusals;
    private final Supplier<ServingSnapshot> serving;
    private final ConnectionEvents events;
    private final ConnectionBounds bounds;

    ServerLimits(
            RequestSettings settings,
            RefusalWriter refusals,
            Supplier<ServingSnapshot> serving,
            ConnectionEvents events) {
        this.refusals = refusals;
        this.serving = serving;
        this.events = events;
        this.bounds = new ConnectionBounds(settings, events);
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return bounds.in(server)
                .doOnChannelInit((observer, channel, remote) ->
                        channel.pipeline().addAfter(ConnectionBounds.HANDLER, "sallyport.framingGuard", guard()));
    }

    private FramingGuard guard() {
        return new FramingGuard(refusals, serving, events);
    }
}
