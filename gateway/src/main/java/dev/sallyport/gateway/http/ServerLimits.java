package dev.sallyport.gateway.http;

import dev.sallyport.config.RequestSettings;
import java.util.function.Supplier;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** What bounds a client: sizes, times, connections, and the guard in front of everything. */
public final class ServerLimits implements NettyServerCustomizer {
    private static final int LONGEST_LINE = 4096;

    private final RequestSettings settings;
    private final Refusals refusals;
    private final Supplier<Served> serving;

    ServerLimits(RequestSettings settings, Refusals refusals, Supplier<Served> serving) {
        this.settings = settings;
        this.refusals = refusals;
        this.serving = serving;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.httpRequestDecoder(spec -> spec.maxInitialLineLength(LONGEST_LINE)
                        .maxHeaderSize((int) settings.headerLimit().bytes()))
                .requestTimeout(settings.bodyTimeout())
                .idleTimeout(settings.idleTimeout())
                .maxConnections(settings.maxConnections())
                .doOnChannelInit((observer, channel, remote) ->
                        channel.pipeline().addAfter(NettyPipeline.HttpCodec, "sallyport.framingGuard", guard()));
    }

    private FramingGuard guard() {
        return new FramingGuard(refusals, serving);
    }
}
