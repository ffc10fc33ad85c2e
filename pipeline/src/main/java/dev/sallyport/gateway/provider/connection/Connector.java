package dev.sallyport.gateway.provider.connection;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.NameResolverProvider;

/** How connections are made. Names are resolved without blocking, by a resolver that all pools share. Thread-safe. */
public final class Connector implements AutoCloseable {
    private final Loops loops;
    private final Duration timeout;
    private final @Nullable SslContext tls;
    private final NameResolverProvider resolver;
    private @Nullable AddressResolverGroup<InetSocketAddress> names;

    /**
     * A maker of connections.
     *
     * @param timeout of connecting to each address, and again of the TLS handshake
     * @param tls for addresses with TLS; empty where nothing is to be connected
     */
    public Connector(LoopResources loops, Duration timeout, Optional<SslContext> tls) {
        this(loops, timeout, tls, NameResolverProvider.builder().build());
    }

    /**
     * A maker of connections that has names resolved in a way of its own.
     *
     * @param timeout of connecting to each address, and again of the TLS handshake
     * @param tls for addresses with TLS; empty where nothing is to be connected
     */
    public Connector(LoopResources loops, Duration timeout, Optional<SslContext> tls, NameResolverProvider resolver) {
        this.loops = new Loops(loops);
        this.timeout = timeout;
        this.tls = tls.orElse(null);
        this.resolver = resolver;
    }

    Loops loops() {
        return loops;
    }

    Duration timeout() {
        return timeout;
    }

    @Nullable
    SslContext tls() {
        return tls;
    }

    synchronized AddressResolverGroup<InetSocketAddress> names() {
        if (names == null) {
            names = resolver.newNameResolverGroup(loops.resources(), LoopResources.DEFAULT_NATIVE);
        }
        return names;
    }

    /**
     * Begins to connect; to be called on the loop, on which the outcome is told as well. To cancel it ends the attempt.
     *
     * @param reuse whether the connection may carry a second exchange
     */
    Promise<ProviderConnection> connect(EventLoop loop, Target target, boolean reuse) {
        Promise<ProviderConnection> outcome = loop.newPromise();
        new ConnectionAttempt(this, loop, target, reuse, outcome).begin();
        return outcome;
    }

    @Override
    public synchronized void close() {
        if (names != null) {
            names.close();
        }
    }
}
