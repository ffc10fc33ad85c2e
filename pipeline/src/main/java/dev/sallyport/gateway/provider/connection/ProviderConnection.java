package dev.sallyport.gateway.provider.connection;

import dev.sallyport.gateway.body.CappedBody;
import dev.sallyport.gateway.provider.codec.ProviderCodec;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the provider, and the last handler of its pipeline: carries one exchange at a time. Writes its request,
 * gathers its reply into one array, releasing each buffer once it was copied, and has the reply read before the connection is
 * given back. On one event loop from beginning to end.
 *
 * <p>Whatever is not a whole and unambiguous reply to the exchange at hand closes it. So does anything that happens while
 * there is none: a byte, the end of the other side, or of its TLS.
 */
final class ProviderConnection extends ChannelInboundHandlerAdapter implements Exchange.Place {
    private final Channel channel;
    private final Target target;
    private final boolean reuse;
    private final ProviderCodec codec;
    private final SentBytes sent;
    private final long made = System.nanoTime();
    private Consumer<ProviderConnection> home = ProviderConnection::close;
    private long idleSince;
    private @Nullable Exchange<?> current;
    private @Nullable HttpResponse head;
    private @Nullable CappedBody body;

    private ProviderConnection(Channel channel, Target target, boolean reuse) {
        this.channel = channel;
        this.target = target;
        this.reuse = reuse;
        this.codec = new ProviderCodec(reuse);
        this.sent = new SentBytes();
    }

    /** Puts one into a new channel, whose pipeline is empty. */
    static ProviderConnection in(Channel channel, Target target, boolean reuse) {
        var connection = new ProviderConnection(channel, target, reuse);
        channel.pipeline().addLast(connection.sent, connection.codec, connection);
        return connection;
    }

    /** Puts TLS into a connection that is being made. */
    void secure(SslHandler tls) {
        channel.pipeline().addBefore(channel.pipeline().context(codec).name(), null, tls);
    }

    /** Where it is given back, in order and at rest. */
    void belongsTo(Consumer<ProviderConnection> pool) {
        home = pool;
    }

    Channel channel() {
        return channel;
    }

    Target target() {
        return target;
    }

    /** It is given back. */
    void rests(long now) {
        idleSince = now;
    }

    boolean isOpen() {
        return channel.isActive();
    }

    /** Whether it is open, and no longer idle or alive than it may be. */
    boolean isFit(PoolLimits limits, long now) {
        return channel.isActive()
                && codec.isAtRest()
                && now - idleSince < limits.idleTime().toNanos()
                && isYoung(limits, now);
    }

    /** Whether it has not lived for as long as it may. */
    boolean isYoung(PoolLimits limits, long now) {
        return now - made < limits.lifeTime().toNanos();
    }

    /** Writes the request, and expects its reply. */
    @SuppressWarnings("FutureReturnValueIgnored") // the promise carries the outcome
    void carry(Exchange<?> exchange) {
        current = exchange;
        exchange.at(this);
        sent.begin();
        exchange.leaving(sent);
        try {
            ChannelPromise whole = channel.newProgressivePromise(); // as SentBytes wants one
            channel.writeAndFlush(exchange.request().message(reuse), whole);
            if (!whole.isSuccess()) {
                whole.addListener(this::written);
            }
        } catch (Throwable bug) { // a request that cannot be put together; what writing throws comes to the listener
            failed(bug);
        }
    }

    private void written(Future<? super Void> write) {
        if (!write.isSuccess()) {
            failed(write.cause());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            @Nullable Exchange<?> exchange = current;
            if (exchange != null) {
                read(exchange, (HttpObject) message);
            }
        } catch (Throwable broken) { // too large a body, or a bug of ours
            failed(broken);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private <T> void read(Exchange<T> exchange, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            failed(part.decoderResult().cause());
            return;
        }
        if (part instanceof HttpResponse begun) {
            head = begun;
            @Nullable T early = exchange.ofHead(begun);
            if (early != null) {
                answered(exchange, early, false);
                return;
            }
            body = exchange.room(begun.headers());
        }
        if (part instanceof HttpContent content) {
            Objects.requireNonNull(body, "a body without a head").append(content.content());
        }
        if (part instanceof LastHttpContent) {
            whole(
                    exchange,
                    Objects.requireNonNull(head),
                    Objects.requireNonNull(body).whole());
        }
    }

    private <T> void whole(Exchange<T> exchange, HttpResponse begun, byte[] bytes) {
        T reply = exchange.ofWhole(begun, bytes);
        answered(exchange, reply, codec.isReusable() && codec.isAtRest() && !exchange.isInDoubt(reply));
    }

    /** The connection goes first: what is done with the reply may take a while. */
    private <T> void answered(Exchange<T> exchange, T reply, boolean isInOrder) {
        release();
        try {
            if (isInOrder && channel.isActive()) {
                home.accept(this);
            } else {
                close();
            }
        } finally {
            exchange.answered(reply);
        }
    }

    private void failed(Throwable cause) {
        @Nullable Exchange<?> exchange = current;
        release();
        sent.cut();
        if (exchange != null) {
            exchange.failed(cause);
        }
    }

    private void release() {
        current = null;
        head = null;
        body = null;
    }

    /** The caller gave up: its reply must not meet another exchange. */
    @Override
    public void leave(Exchange<?> exchange) {
        if (current == exchange) {
            release();
            sent.cut();
        }
    }

    /** Closes it, in TLS with a word. */
    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do about a close that fails
    void close() {
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        failed(new ConnectionEnded());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failed(cause);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent) {
            close();
        }
    }
}
