package dev.sallyport.gateway.management.gauges;

import dev.sallyport.gateway.provider.connection.ConnectionPool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToIntFunction;

/** How many connections each pool has, under the names that dashboards know of Reactor Netty. */
public final class PoolGauges implements MeterBinder {
    private static final String PREFIX = "reactor.netty.connection.provider.";

    private final List<ConnectionPool> pools;

    /** Gauges over pools, each by its name. */
    public PoolGauges(List<ConnectionPool> pools) {
        this.pools = List.copyOf(pools);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        pools.forEach(pool -> {
            gauge(registry, pool, "total.connections", "Connections, used, idle or being made", ConnectionPool::open);
            gauge(registry, pool, "active.connections", "Connections that are used or being made", PoolGauges::active);
            gauge(registry, pool, "idle.connections", "Idle connections", ConnectionPool::idle);
            gauge(registry, pool, "max.connections", "Connections that there may be", ConnectionPool::most);
            gauge(registry, pool, "pending.connections", "Calls that wait for a connection", ConnectionPool::pending);
            gauge(
                    registry,
                    pool,
                    "max.pending.connections",
                    "Calls that may wait for a connection",
                    ConnectionPool::mostPending);
        });
    }

    private static int active(ConnectionPool pool) {
        return Math.max(0, pool.open() - pool.idle());
    }

    private static void gauge(
            MeterRegistry registry,
            ConnectionPool pool,
            String name,
            String description,
            ToIntFunction<ConnectionPool> value) {
        Gauge.builder(PREFIX + name, pool, value::applyAsInt)
                .description(description)
                .tags("id", pool.name(), "name", pool.name(), "remote.address", "all")
                .register(registry);
    }
}
