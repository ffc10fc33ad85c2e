package dev.sallyport.gateway.provider.connection;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.gateway.provider.egress.AddressRefused;
import dev.sallyport.gateway.provider.egress.EgressProxy;
import dev.sallyport.gateway.provider.egress.NoTunnel;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * One attempt at a connection: resolves the name, tries one address after another, and speaks TLS where it is due. With a proxy it is
 * the proxy's name that is resolved, and a tunnel to the target stands below TLS. On the event loop of the connection to be. Whether it is still wanted is asked after each step; what is no longer wanted is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // listeners hear of outcomes; there is nothing to do about a failed close
final class ConnectionAttempt {
    private final Connector how;
    private final EventLoop loop;
    private final Target target;
    private final boolean reuse;
    private final Promise<ProviderConnection> outcome;
    private final @Nullable EgressProxy proxy;
    private Optional<String> authorization = Optional.empty();
    private @Nullable ProviderConnection made;

    ConnectionAttempt(
            Connector how, EventLoop loop, Target target, boolean reuse, Promise<ProviderConnection> outcome) {
        this.how = how;
        this.loop = loop;
        this.target = target;
        this.reuse = reuse;
        this.outcome = outcome;
        this.proxy = how.proxy(target).orElse(null);
    }

    void begin() {
        outcome.addListener(this::ended);
        step(proxy != null && proxy.hasCredentials() ? () -> readCredentials(proxy) : this::resolve);
    }

    /** Reading a file blocks. */
    private void readCredentials(EgressProxy through) {
        try {
            var unused = Schedulers.boundedElastic().schedule(() -> {
                try {
                    Optional<String> read = through.authorization();
                    onLoop(() -> {
                        authorization = read;
                        resolve();
                    });
                } catch (InvalidSetting notNow) {
                    onLoop(() -> outcome.tryFailure(new NoTunnel("the proxy's credentials cannot be read", notNow)));
                }
            });
        } catch (RejectedExecutionException ends) {
            outcome.tryFailure(NoConnection.ending());
        }
    }

    private void resolve() {
        String host = proxy == null ? target.host() : proxy.host();
        int port = proxy == null ? target.port() : proxy.port();
        try {
            how.names()
                    .getResolver(loop)
                    .resolveAll(InetSocketAddress.createUnresolved(host, port))
                    .addListener((Future<List<InetSocketAddress>> answer) -> onLoop(() -> resolved(answer)));
        } catch (IllegalStateException | RejectedExecutionException ends) {
            outcome.tryFailure(NoConnection.ending()); // the loop or the resolver
        }
    }

    /** Names are resolved on a loop of their own. */
    private void onLoop(Runnable next) {
        if (loop.inEventLoop()) {
            step(next);
        } else {
            Loops.execute(loop, () -> step(next));
        }
    }

    /** Whatever a step throws is the outcome: a listener would swallow it. */
    private void step(Runnable next) {
        try {
            next.run();
        } catch (Throwable bug) {
            outcome.tryFailure(bug);
        }
    }

    private void resolved(Future<List<InetSocketAddress>> answer) {
        if (!answer.isSuccess()) {
            unreachable("the proxy's name could not be resolved", answer.cause());
            return;
        }
        List<InetSocketAddress> admitted = proxy == null ? how.admitted(answer.getNow()) : answer.getNow();
        if (admitted.isEmpty()) {
            outcome.tryFailure(new AddressRefused());
        } else {
            tryNext(admitted.iterator(), null);
        }
    }

    private void tryNext(Iterator<InetSocketAddress> addresses, @Nullable Throwable last) {
        if (outcome.isDone()) {
            return;
        }
        if (!addresses.hasNext()) {
            unreachable(
                    "the proxy accepts no connection", last == null ? new UnknownHostException(target.host()) : last);
            return;
        }
        ChannelFuture connected = new Bootstrap()
                .group(loop)
                .channel(how.loops().channelClass(loop))
                .disableResolver()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        how.timeout().toMillis())
                .handler(new Initializer())
                .connect(addresses.next());
        connected.addListener(done -> step(() -> {
            if (done.isSuccess()) {
                connected(connected.channel());
            } else {
                tryNext(addresses, done.cause());
            }
        }));
    }

    /** Whose failure it is: that of the proxy, if there is one. */
    private void unreachable(String withProxy, Throwable cause) {
        outcome.tryFailure(proxy == null ? cause : new NoTunnel(withProxy, cause));
    }

    private void connected(Channel channel) {
        if (proxy == null) {
            secured(channel);
            return;
        }
        Tunnel.in(channel, target, authorization, how.timeout())
                .addListener(tunnel -> step(() -> {
                    if (tunnel.isSuccess()) {
                        secured(channel);
                    } else {
                        outcome.tryFailure(tunnel.cause());
                    }
                }));
    }

    private void secured(Channel channel) {
        ProviderConnection connection = Objects.requireNonNull(made);
        if (!target.secure()) {
            outcome.trySuccess(connection);
            return;
        }
        @Nullable SslContext context = how.tls().orElse(null);
        if (context == null) {
            outcome.tryFailure(new SSLException("there is no TLS here"));
            return;
        }
        SslHandler tls = context.newHandler(channel.alloc(), target.host(), target.port());
        tls.setHandshakeTimeoutMillis(how.timeout().toMillis());
        connection.secure(tls);
        tls.handshakeFuture().addListener(handshake -> {
            if (handshake.isSuccess()) {
                outcome.trySuccess(connection);
            } else {
                outcome.tryFailure(ofTls(handshake.cause()));
            }
        });
    }

    /** Whatever ends the handshake is a failure of TLS: a peer that hangs up or resets then may as well speak none. */
    private static SSLException ofTls(Throwable cause) {
        return cause instanceof SSLException tls
                ? tls
                : new SSLException("the connection ended during the TLS handshake", cause);
    }

    private void ended(Future<? super ProviderConnection> done) {
        if (!done.isSuccess() && made != null) {
            made.channel().close();
        }
    }

    /** Of one channel; an attempt may need several. */
    private final class Initializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            made = ProviderConnection.in(channel, target, reuse);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            outcome.tryFailure(cause);
            context.close();
        }
    }
}
