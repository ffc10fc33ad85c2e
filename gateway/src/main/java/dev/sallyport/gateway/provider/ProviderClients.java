package dev.sallyport.gateway.provider;

import dev.sallyport.config.provider.PoolSettings;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import java.util.Optional;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

/**
 * The HTTP clients of the gateway. Their pools are bounded, give out the connection that was used last, and drop idle ones
 * before the provider does; nothing is ever repeated behind our back.
 */
public final class ProviderClients implements AutoCloseable {
    private static final int FEWEST_PER_LOOP = 8;

    private final EventLoopConnections connections;
    private final EventLoopConnections lookupConnections;
    private final ConnectionProvider keyConnections;
    private final HttpClient calls;
    private final HttpClient lookups;
    private final HttpClient keys;

    /**
     * Clients for calls, for lookups of devices and for keys, each with a pool of its own.
     *
     * @param lookupConnections for lookups, in all
     * @param loops which serve the callers as well
     */
    public ProviderClients(PoolSettings pool, int lookupConnections, Optional<SslContext> ssl, LoopResources loops) {
        int count = LoopResources.DEFAULT_IO_WORKER_COUNT;
        int perLoop = Math.max(FEWEST_PER_LOOP, pool.maxConnections() / count);
        int pendingPerLoop = Math.max(1, pool.pending() / count);
        this.connections =
                new EventLoopConnections(number -> pool("provider-" + number, perLoop, pendingPerLoop, pool));
        int lookupsPerLoop = Math.max(1, lookupConnections / count);
        this.lookupConnections =
                new EventLoopConnections(number -> pool("telemetry-" + number, lookupsPerLoop, pendingPerLoop, pool));
        this.keyConnections = pool("keys", FEWEST_PER_LOOP, pool.pending(), pool);
        this.calls = client(connections, pool, ssl, pool.reuse()).runOn(loops);
        this.lookups = client(this.lookupConnections, pool, ssl, pool.reuse()).runOn(loops);
        this.keys = client(keyConnections, pool, ssl, false).runOn(loops);
    }

    private static ConnectionProvider pool(String name, int connections, int pending, PoolSettings pool) {
        return ConnectionProvider.builder(name)
                .maxConnections(connections)
                .pendingAcquireMaxCount(pending)
                .pendingAcquireTimeout(pool.acquireTimeout())
                .maxIdleTime(pool.maxIdleTime())
                .maxLifeTime(pool.maxLifeTime())
                .evictInBackground(pool.evictInterval())
                .lifo()
                .metrics(true)
                .build();
    }

    private static HttpClient client(
            ConnectionProvider connections, PoolSettings pool, Optional<SslContext> ssl, boolean reuse) {
        HttpClient client = HttpClient.create(connections)
                .protocol(HttpProtocol.HTTP11)
                .disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        pool.connectTimeout().toMillis())
                .doOnChannelInit((observer, channel, remote) -> {
                    ProviderCodec.install(channel, reuse);
                    HandshakeFailures.install(channel);
                })
                .keepAlive(reuse);
        return client.secure(spec -> context(spec, ssl).handshakeTimeout(pool.connectTimeout()));
    }

    /** The context of the settings, or one that trusts whom the JVM trusts; addresses without TLS make no use of it. */
    private static SslProvider.Builder context(SslProvider.SslContextSpec spec, Optional<SslContext> ssl) {
        SslProvider.GenericSslContextSpec<?> trustingAsTheJvm = Http11SslContextSpec.forClient();
        return ssl.isPresent() ? spec.sslContext(ssl.get()) : spec.sslContext(trustingAsTheJvm);
    }

    /** For calls: a connection stays on the event loop of the call. */
    public HttpClient calls() {
        return calls;
    }

    /** For lookups of devices: a connection stays on the event loop of the call as well. */
    public HttpClient lookups() {
        return lookups;
    }

    /** For fetching keys: a connection for each fetch, since they are minutes apart. */
    public HttpClient keys() {
        return keys;
    }

    @Override
    public void close() {
        connections.dispose();
        lookupConnections.dispose();
        keyConnections.dispose();
    }
}
