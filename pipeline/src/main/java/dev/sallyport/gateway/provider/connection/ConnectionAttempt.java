package dev.sallyport.gateway.provider.connection;

import dev.sallyport.gateway.provider.egress.AddressRefused;
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
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a connection: resolves the name, tries one address after another, and speaks TLS where it is due. On the event
 * loop of the connection to be. Whether it is still wanted is asked after each step; what is no longer wanted is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // listeners hear of outcomes; there is nothing to do about a failed close
final class ConnectionAttempt {
    private final Connector how;
    private final EventLoop loop;
    private final Target target;
    private final boolean reuse;
    private final Promise<ProviderConnection> outcome;
    private @Nullable ProviderConnection made;

    ConnectionAttempt(
            Connector how, EventLoop loop, Target target, boolean reuse, Promise<ProviderConnection> outcome) {
        this.how = how;
        this.loop = loop;
        this.target = target;
        this.reuse = reuse;
        this.outcome = outcome;
    }

    void begin() {
        outcome.addListener(this::ended);
        step(this::resolve);
    }

    private void resolve() {
        try {
            how.names()
                    .getResolver(loop)
                    .resolveAll(InetSocketAddress.createUnresolved(target.host(), target.port()))
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
            outcome.tryFailure(answer.cause());
            return;
        }
        List<InetSocketAddress> admitted = how.admitted(answer.getNow());
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
            outcome.tryFailure(last == null ? new UnknownHostException(target.host()) : last);
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
                secured(connected.channel());
            } else {
                tryNext(addresses, done.cause());
            }
        }));
    }

    private void secured(Channel channel) {
        @Nullable SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            outcome.trySuccess(Objects.requireNonNull(made));
            return;
        }
        tls.handshakeFuture().addListener(handshake -> {
            if (handshake.isSuccess()) {
                outcome.trySuccess(Objects.requireNonNull(made));
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
        protected void initChannel(Channel channel) throws SSLException {
            made = ProviderConnection.in(channel, target, reuse);
            if (target.secure()) {
                SslContext context = how.tls().orElseThrow(() -> new SSLException("there is no TLS here"));
                SslHandler tls = context.newHandler(channel.alloc(), target.host(), target.port());
                tls.setHandshakeTimeoutMillis(how.timeout().toMillis());
                made.secure(tls);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            outcome.tryFailure(cause);
            context.close();
        }
    }
}
