package dev.sallyport.gateway.http.stream;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.gateway.http.connection.ConnectionEvents.Refused;
import dev.sallyport.gateway.http.connection.IdleDeadline;
import dev.sallyport.gateway.http.connection.OpenConnections;
import dev.sallyport.gateway.http.connection.Shared;
import dev.sallyport.gateway.http.connection.UnreadAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2PriorityFrame;
import io.netty.handler.codec.http2.Http2UnknownFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One caller's connection with all of its streams. The first stream that comes is begun at once; further ones that come with it have
 * their turns behind the loop's other connections, one at a time, and none while the network does not take what was answered.
 * The connection ends when it has been idle, when its caller has ended its side, and when the gateway stops: always after the
 * streams that there are. On its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close has no outcome to act on
final class StreamConnection extends ChannelInboundHandlerAdapter implements OpenConnections.One {
    private final Shared shared;
    private final IdleDeadline idle;
    private final Set<StreamRequest> streams = new LinkedHashSet<>();
    private final Queue<StreamRequest> waiting = new ArrayDeque<>();

    private @Nullable ChannelHandlerContext context;
    private final int most;
    private boolean hadTurn;
    private boolean turnTaken;
    private boolean callerEnded;
    private boolean isLast;
    private boolean isEnding;
    private boolean isFlooded;

    StreamConnection(Shared shared, RequestSettings settings) {
        this.shared = shared;
        this.most = settings.http2().maxConcurrentStreams();
        this.idle = new IdleDeadline(settings.idleTimeout(), () -> !streams.isEmpty(), this::finish);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext here) {
        idle.begin(here.executor());
        shared.open().add(this);
        here.fireChannelActive();
    }

    /** A stream was made. The codec refuses one too many as well, but not before its caller has agreed to how many there may be. */
    void enter(StreamRequest stream) {
        streams.add(stream);
        if (streams.size() > most) {
            stream.refuse();
        } else if (hadTurn || !waiting.isEmpty() || !isWritable()) {
            waiting.add(stream);
            takeTurn();
        } else {
            hadTurn = true;
            stream.begin();
        }
    }

    private boolean isWritable() {
        return context != null && context.channel().isWritable();
    }

    /** A timer, and not a task, which would come before the other connections' bytes are looked at. */
    private void takeTurn() {
        ChannelHandlerContext here = context;
        if (here != null && !turnTaken && !waiting.isEmpty() && isWritable()) {
            turnTaken = true;
            here.executor().schedule(this::turn, 1, TimeUnit.NANOSECONDS);
        }
    }

    private void turn() {
        turnTaken = false;
        StreamRequest next = isWritable() ? waiting.poll() : null;
        while (next != null && !next.begin()) {
            next = waiting.poll();
        }
        takeTurn();
    }

    /** A stream is gone. */
    void left(StreamRequest stream) {
        streams.remove(stream);
        if (streams.isEmpty()) {
            idle.restart();
            endIfNothingIsDue();
        }
    }

    private void endIfNothingIsDue() {
        if (streams.isEmpty() && callerEnded && context != null) {
            context.close();
        } else if (streams.isEmpty() && isLast) {
            finish();
        }
    }

    /** What belongs to no request would wait on a stream that is not read, and no window bounds it. */
    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (message instanceof Http2UnknownFrame || message instanceof Http2PriorityFrame) {
            ReferenceCountUtil.release(message);
        } else {
            here.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext here) {
        hadTurn = false;
        here.fireChannelReadComplete();
    }

    /** A caller who does not take answers is not read: it would be answered more. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext here) {
        here.channel().config().setAutoRead(here.channel().isWritable());
        here.fireChannelWritabilityChanged();
        takeTurn();
    }

    /** A caller who ended its side still gets the answers to whole requests, whose streams need not know. */
    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) {
        boolean endedTls = event instanceof SslCloseCompletionEvent;
        if (endedTls || event instanceof ChannelInputShutdownEvent) {
            callerEnded = true;
            List.copyOf(streams).forEach(StreamRequest::callerEnded);
            endIfNothingIsDue();
        } else if (!(event instanceof ChannelInputShutdownReadComplete)) {
            here.fireUserEventTriggered(event);
        }
    }

    /** Hears from the codec why it ends the connection: what it finds wrong with its own resets, it tells in no other way. */
    Http2ConnectionAdapter endings() {
        return new Http2ConnectionAdapter() {
            @Override
            public void onGoAwaySent(int lastStream, long error, ByteBuf text) {
                if (!isFlooded && error == Http2Error.ENHANCE_YOUR_CALM.code()) {
                    isFlooded = true;
                    shared.events().refused(Refused.FLOOD);
                }
            }
        };
    }

    /** Says that there should be no further streams; some may be on their way, and are taken (RFC 9113, 6.8). */
    @Override
    public void end() {
        onLoop(here -> {
            if (!isEnding && !isLast) {
                isEnding = true;
                goAway(here, Integer.MAX_VALUE);
                long moment = OpenConnections.MOMENT.toMillis();
                here.executor().schedule(this::endSoon, moment, TimeUnit.MILLISECONDS);
            }
        });
    }

    private void endSoon() {
        ChannelHandlerContext here = context;
        if (here != null && here.channel().isActive()) {
            isLast = true;
            endIfNothingIsDue();
        }
    }

    /** Says which stream is the last; {@link Wire} leaves the caller a moment to read what it was sent. */
    private void finish() {
        ChannelHandlerContext here = context;
        if (here != null) {
            isLast = true;
            goAway(here, 0);
            here.close();
        }
    }

    private static void goAway(ChannelHandlerContext here, int more) {
        here.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(more));
    }

    @Override
    public void cut() {
        onLoop(UnreadAnswer::reset);
    }

    private void onLoop(Consumer<ChannelHandlerContext> work) {
        ChannelHandlerContext here = context;
        if (here != null) {
            here.executor().execute(() -> work.accept(here));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        idle.end();
        waiting.clear();
        List.copyOf(streams).forEach(StreamRequest::forget);
        shared.open().remove(this);
        here.fireChannelInactive();
    }
}
