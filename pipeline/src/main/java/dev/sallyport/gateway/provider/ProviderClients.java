package dev.sallyport.gateway.provider;

import dev.sallyport.config.EgressSettings;
import dev.sallyport.config.provider.PoolSettings;
import dev.sallyport.gateway.provider.connection.ConnectionPool;
import dev.sallyport.gateway.provider.connection.Connector;
import dev.sallyport.gateway.provider.connection.PoolLimits;
import dev.sallyport.gateway.provider.egress.Egress;
import dev.sallyport.gateway.tls.client.PeerTls;
import dev.sallyport.gateway.tls.client.PeerTrust;
import java.util.List;
import java.util.Optional;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/**
 * The connections of the gateway. Their pools are bounded, give out the connection that was used last, and drop idle ones
 * before the provider does; nothing is ever repeated behind our back.
 */
public final class ProviderClients implements AutoCloseable {
    private static final int FOR_KEYS = 8;

    private final Connector connector;
    private final ConnectionPool calls;
    private final ConnectionPool lookups;
    private final ConnectionPool keys;
    private final ProviderWatch watch = new ProviderWatch();

    /**
     * Connections for calls, for lookups of devices and for keys, each with a pool of its own, on the loops that serve callers.
     *
     * @param lookupConnections for lookups, in all
     * @param tls for connections with TLS
     * @param loops which serve the callers as well
     */
    public ProviderClients(PoolSettings pool, int lookupConnections, PeerTls tls, Egress egress, LoopResources loops) {
        this.connector = new Connector(loops, pool.connectTimeout(), () -> Optional.of(tls.now()), egress);
        this.calls =
                new ConnectionPool(PoolLimits.of("provider", pool.maxConnections(), pool), connector, pool.reuse());
        this.lookups = new ConnectionPool(PoolLimits.of("telemetry", lookupConnections, pool), connector, pool.reuse());
        this.keys = new ConnectionPool(PoolLimits.of("keys", FOR_KEYS, pool), connector, false);
    }

    /** As settings have it that say nothing of TLS and addresses. */
    public static ProviderClients usual(PoolSettings pool, int lookupConnections, LoopResources loops) {
        PeerTls tls = PeerTls.of(Optional.empty(), PeerTrust.usual());
        return new ProviderClients(pool, lookupConnections, tls, Egress.of(EgressSettings.defaults()), loops);
    }

    /** For pipelines that are only shown: connects to nothing with TLS, and is not closed. */
    public static ConnectionPool unused() {
        PoolSettings pool = PoolSettings.defaults();
        var connector = new Connector(HttpResources.get(), pool.connectTimeout(), Optional.empty());
        return new ConnectionPool(PoolLimits.of("unused", 1, pool), connector, false);
    }

    /** For calls. */
    public ConnectionPool calls() {
        return calls;
    }

    /** What hears what came of calls. */
    public ProviderWatch watch() {
        return watch;
    }

    /** For lookups of devices. */
    public ConnectionPool lookups() {
        return lookups;
    }

    /** For fetching keys: a connection for each fetch, since they are minutes apart. */
    public ConnectionPool keys() {
        return keys;
    }

    /** All of them. */
    public List<ConnectionPool> all() {
        return List.of(calls, lookups, keys);
    }

    @Override
    public void close() {
        all().forEach(ConnectionPool::close);
        connector.close();
    }
}
