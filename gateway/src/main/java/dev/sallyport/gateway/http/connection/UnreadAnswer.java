package dev.sallyport.gateway.http.connection;

import dev.sallyport.gateway.http.connection.ConnectionEvents.Cut;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was written to one connection and not taken by the network so far. It counts toward {@code max-unread}, and has until
 * {@code write-timeout}. On the connection's event loop only, but for {@link #cutForOthers}; costs a caller who reads two
 * fields.
 */
public final class UnreadAnswer {
    private final UnreadAnswers all;
    private final Duration limit;
    private final ConnectionEvents events;
    private final Runnable taken;

    private volatile @Nullable ChannelHandlerContext context;
    private @Nullable ChannelPromise latest;
    private @Nullable Future<?> deadline;
    private long unflushed;
    private boolean wasCut;

    /**
     * Nothing so far.
     *
     * @param limit how long an answer may wait
     * @param taken told each time that what had to wait does not any more, even if that is after the end of the connection
     */
    public UnreadAnswer(UnreadAnswers all, Duration limit, ConnectionEvents events, Runnable taken) {
        this.all = all;
        this.limit = limit;
        this.events = events;
        this.taken = taken;
    }

    /** A part is being written. */
    public void write(Object message, ChannelPromise promise) {
        unflushed += size(message);
        latest = promise;
    }

    private static int size(Object message) {
        if (message instanceof ByteBufHolder holder) {
            return holder.content().readableBytes();
        }
        return message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
    }

    /** Everything up to here was given to the network. */
    public void flushed(ChannelHandlerContext here) {
        ChannelPromise written = latest;
        if (written == null) {
            return;
        }
        if (written.isDone()) {
            end();
        } else {
            waitForReader(here, written);
        }
    }

    private void waitForReader(ChannelHandlerContext here, ChannelPromise written) {
        context = here;
        if (deadline == null) {
            deadline = here.executor().schedule(() -> cut(Cut.TOO_SLOW), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        long bytes = unflushed;
        unflushed = 0;
        written.addListener(done -> ended(written));
        all.add(this, bytes).forEach(UnreadAnswer::cutForOthers);
    }

    private void ended(ChannelPromise written) {
        if (written == latest) {
            end();
        }
        taken.run();
    }

    /** Nothing waits any more: the network took it, or the connection is gone. */
    public void end() {
        latest = null;
        unflushed = 0;
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
            all.remove(this);
        }
    }

    /** Another connection's event loop may ask. */
    private void cutForOthers() {
        ChannelHandlerContext here = context;
        if (here != null) {
            here.executor().execute(() -> cut(Cut.TOO_MUCH_UNREAD));
        }
    }

    private void cut(Cut why) {
        ChannelHandlerContext here = context;
        if (here != null && here.channel().isActive() && latest != null) {
            wasCut = true;
            events.cut(why);
            reset(here);
        }
    }

    /**
     * Closes with a reset: the caller must not take what it has for the whole, and the kernel keeps nothing. Past the TLS handler,
     * which would first wait for the reader to take what was written. A stream of HTTP/2 is reset alone.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // a close has no outcome to act on
    public static void reset(ChannelHandlerContext here) {
        if (here.channel()
                instanceof Http2StreamChannel) { // which says nothing by its close once all was written to it
            here.pipeline().firstContext().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
        }
        here.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        here.pipeline().firstContext().close();
    }

    /** Whether something was not taken at once and is being waited for. */
    public boolean isWaiting() {
        return deadline != null;
    }

    boolean wasCut() {
        return wasCut;
    }
}
