package dev.sallyport.gateway.provider.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.PromiseNotifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Next to the network, behind TLS: knows whether the operating system took a single byte of what was written since the last
 * exchange. As long as it took none, that request was certainly not carried out. On the connection's event loop.
 */
final class SentBytes extends ChannelOutboundHandlerAdapter implements ChannelProgressiveFutureListener {
    private boolean some;
    private @Nullable ChannelHandlerContext context;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** Another exchange begins. */
    void begin() {
        some = false;
    }

    boolean some() {
        return some;
    }

    /** Closes the connection without a word: what the network has not taken by now is never sent, not even by TLS. */
    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing to do about a close that fails
    void cut() {
        Objects.requireNonNull(context, "in no pipeline").close();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise carries the outcome
    public void write(ChannelHandlerContext through, Object message, ChannelPromise promise) {
        ChannelProgressivePromise watched =
                promise instanceof ChannelProgressivePromise able ? able : watching(through, promise);
        watched.addListener(this);
        through.write(message, watched);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the promise carries the outcome
    private static ChannelProgressivePromise watching(ChannelHandlerContext through, ChannelPromise promise) {
        ChannelProgressivePromise watched = through.newProgressivePromise();
        if (!promise.isVoid()) {
            PromiseNotifier.cascade(false, watched, promise);
        }
        return watched;
    }

    @Override
    public void operationProgressed(ChannelProgressiveFuture future, long progress, long total) {
        some |= progress > 0;
    }

    @Override
    public void operationComplete(ChannelProgressiveFuture future) {
        some |= future.isSuccess();
    }
}
