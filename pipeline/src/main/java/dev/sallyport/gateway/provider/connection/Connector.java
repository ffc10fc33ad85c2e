package dev.sallyport.gateway.provider.connection;

import dev.sallyport.config.EgressSettings;
import dev.sallyport.gateway.provider.egress.Egress;
import dev.sallyport.gateway.provider.egress.EgressProxy;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/** How connections are made. Names are resolved without blocking, by a resolver that all pools share. Thread-safe. */
public final class Connector implements AutoCloseable {
    private final Loops loops;
    private final Duration timeout;
    private final Supplier<Optional<SslContext>> tls;
    private final Egress egress;
    private @Nullable AddressResolverGroup<InetSocketAddress> names;

    /**
     * A maker of connections.
     *
     * @param timeout of connecting to each address, and again of the TLS handshake
     * @param tls for addresses with TLS; empty where nothing is to be connected
     */
    public Connector(LoopResources loops, Duration timeout, Optional<SslContext> tls) {
        this(loops, timeout, () -> tls, Egress.of(EgressSettings.defaults()));
    }

    /**
     * A maker of connections that may lead to some addresses only.
     *
     * @param timeout of connecting to each address, and again of the TLS handshake
     * @param tls for each connection with TLS, asked for anew; empty where nothing is to be connected
     */
    public Connector(LoopResources loops, Duration timeout, Supplier<Optional<SslContext>> tls, Egress egress) {
        this.loops = new Loops(loops);
        this.timeout = timeout;
        this.tls = tls;
        this.egress = egress;
    }

    Loops loops() {
        return loops;
    }

    Duration timeout() {
        return timeout;
    }

    /** For one connection. */
    Optional<SslContext> tls() {
        return tls.get();
    }

    /** What connections to a target are made through; empty if they are made directly. */
    Optional<EgressProxy> proxy(Target target) {
        return egress.proxy().filter(proxy -> proxy.isFor(target.host()));
    }

    /** Those of a name's addresses that may be connected to. */
    List<InetSocketAddress> admitted(List<InetSocketAddress> addresses) {
        return addresses.stream()
                .filter(address -> egress.admits().test(address.getAddress()))
                .toList();
    }

    synchronized AddressResolverGroup<InetSocketAddress> names() {
        if (names == null) {
            names = egress.names().newNameResolverGroup(loops.resources(), LoopResources.DEFAULT_NATIVE);
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
