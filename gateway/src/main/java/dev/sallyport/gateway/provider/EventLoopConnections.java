package dev.sallyport.gateway.provider;

import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * A pool of connections for each event loop: a call that came in on a loop leaves on a connection of the same loop, and
 * never waits for another thread to wake up. New connections stay on the loop that asks, as Reactor Netty does by default.
 */
final class EventLoopConnections implements ConnectionProvider {
    private final IntFunction<ConnectionProvider> pools;
    private final List<ConnectionProvider> made = new CopyOnWriteArrayList<>();
    private final FastThreadLocal<ConnectionProvider> ofLoop = new FastThreadLocal<>() {
        @Override
        protected ConnectionProvider initialValue() {
            return make();
        }
    };

    /**
     * Pools made as threads ask for them.
     *
     * @param pools makes the pool of a given number, from 0
     */
    EventLoopConnections(IntFunction<ConnectionProvider> pools) {
        this.pools = pools;
    }

    private synchronized ConnectionProvider make() {
        ConnectionProvider pool = pools.apply(made.size());
        made.add(pool);
        return pool;
    }

    @Override
    public Mono<? extends Connection> acquire(
            TransportConfig config,
            ConnectionObserver observer,
            @Nullable Supplier<? extends SocketAddress> remote,
            @Nullable AddressResolverGroup<?> resolver) {
        return ofLoop.get().acquire(config, observer, remote, resolver);
    }

    @Override
    public Mono<Void> disposeLater() {
        return Mono.when(made.stream().map(ConnectionProvider::disposeLater).toList());
    }

    @Override
    public void dispose() {
        made.forEach(ConnectionProvider::dispose);
    }

    @Override
    public boolean isDisposed() {
        return !made.isEmpty() && made.stream().allMatch(ConnectionProvider::isDisposed);
    }

    @Override
    public int maxConnections() {
        return made.stream().mapToInt(ConnectionProvider::maxConnections).sum();
    }
}
