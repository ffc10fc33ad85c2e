package dev.sallyport.gateway.http.stream;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.gateway.http.connection.OpenConnections;
import dev.sallyport.gateway.http.connection.Shared;
import dev.sallyport.gateway.http.connection.UnreadAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection between TLS and the codec: ends one that brings too many frames, and resets one whose caller does not take from the
 * network what was sent. What a caller's windows hold back is not sent so far: {@link StreamRequest} sees to that.
 */
@SuppressWarnings("FutureReturnValueIgnored") // promises carry their outcome to the writer
final class Wire extends ChannelDuplexHandler {
    /** Bytes that are read and forgotten at the end of a connection. */
    private static final int MOST_FORGOTTEN = 1024 * 1024;

    private final FrameCount frames;
    private final UnreadAnswer unread;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ChannelPromise latest;
    private boolean isOver;
    private boolean callerEnded;
    private boolean lingers;
    private int forgotten;

    Wire(Shared shared, RequestSettings settings) {
        this.frames = new FrameCount(settings.http2().maxControlFrames(), System::nanoTime);
        this.unread = new UnreadAnswer(shared.unread(), settings.writeTimeout(), shared.events(), this::waitForRest);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (!isOver && message instanceof ByteBuf bytes && frames.isTooMuch(bytes)) {
            isOver = true;
            here.fireExceptionCaught(
                    Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many frames bring nothing"));
        }
        if (isOver) {
            forget(here, message);
        } else {
            here.fireChannelRead(message);
        }
    }

    private void forget(ChannelHandlerContext here, Object message) {
        forgotten += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (forgotten > MOST_FORGOTTEN) {
            UnreadAnswer.reset(here);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) {
        callerEnded |= event instanceof SslCloseCompletionEvent || event instanceof ChannelInputShutdownEvent;
        here.fireUserEventTriggered(event);
    }

    /**
     * Ends our side first, and reads and forgets for a moment what still comes: bytes that are never read would make the kernel answer
     * with a reset, which takes from the caller what it has not read, why its connection ends first of all.
     */
    @Override
    public void close(ChannelHandlerContext here, ChannelPromise promise) {
        SslHandler tls = here.pipeline().get(SslHandler.class);
        if (tls == null || callerEnded || !here.channel().isActive()) {
            here.close(promise);
            return;
        }
        here.channel().closeFuture().addListener(closed -> promise.trySuccess());
        if (lingers) { // the codec closes at once, and again when what it said was written
            return;
        }
        lingers = true;
        isOver = true;
        here.flush(); // what tells the caller why would be lost in TLS that is closed
        tls.closeOutbound();
        here.channel().config().setAutoRead(true);
        here.executor().schedule(() -> here.close(), OpenConnections.MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void write(ChannelHandlerContext here, Object message, ChannelPromise promise) {
        ChannelPromise written = promise.unvoid();
        if (message instanceof ByteBuf bytes) {
            frames.written(bytes.readableBytes());
        }
        if (!unread.isWaiting()) {
            unread.write(message, written);
        }
        latest = written;
        here.write(message, written);
    }

    @Override
    public void flush(ChannelHandlerContext here) {
        here.flush();
        if (!unread.isWaiting()) {
            unread.flushed(here);
        }
    }

    /** What was waited for was taken; there may be more by now. */
    private void waitForRest() {
        ChannelHandlerContext here = context;
        ChannelPromise last = latest;
        if (here != null && last != null && !last.isDone() && !unread.isWaiting()) {
            unread.write(Unpooled.EMPTY_BUFFER, last);
            unread.flushed(here);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        latest = null;
        unread.end();
        here.fireChannelInactive();
    }
}
