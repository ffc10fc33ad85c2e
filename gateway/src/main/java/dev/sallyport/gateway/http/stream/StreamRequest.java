package dev.sallyport.gateway.http.stream;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.gateway.body.BodyTooSlow;
import dev.sallyport.gateway.http.connection.BodyDeadline;
import dev.sallyport.gateway.http.connection.LostAnswer;
import dev.sallyport.gateway.http.connection.OpenConnections;
import dev.sallyport.gateway.http.connection.Shared;
import dev.sallyport.gateway.http.connection.UnreadAnswer;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream, which is one request: it is read when its turn comes, its body has a time to arrive, and its answer one to be taken. An
 * answer before the end of the request leaves the caller a moment to end it, in which the rest is forgotten.
 */
@SuppressWarnings("FutureReturnValueIgnored") // promises carry their outcome to the writer; a close has none to act on
final class StreamRequest extends ChannelDuplexHandler {
    private final StreamConnection connection;
    private final OpenConnections open;
    private final UnreadAnswer unread;
    private final LostAnswer lost;
    private final BodyDeadline body;

    private @Nullable ChannelHandlerContext context;
    private @Nullable ChannelPromise answerEnd;
    private @Nullable Future<?> lingering;
    private boolean mayRead;
    private boolean isRefused;
    private boolean isForgotten;
    private boolean isWhole;
    private boolean bodyDeadlineBegan;
    private boolean owesAnswer;
    private boolean endsAfterAnswer;

    StreamRequest(StreamConnection connection, Shared shared, RequestSettings settings) {
        this.connection = connection;
        this.open = shared.open();
        this.unread = new UnreadAnswer(shared.unread(), settings.writeTimeout(), shared.events(), this::settle);
        this.lost = new LostAnswer(unread, shared.events());
        this.body = new BodyDeadline(settings.bodyTimeout(), this::bodyTooSlow);
    }

    @Override
    public void channelActive(ChannelHandlerContext here) {
        context = here;
        here.fireChannelActive();
        connection.enter(this);
    }

    /** Its turn has come; false if it is gone. */
    boolean begin() {
        ChannelHandlerContext here = context;
        if (here == null || !here.channel().isActive()) {
            return false;
        }
        mayRead = true;
        here.read();
        return true;
    }

    /** Its caller took it back, or is gone: what came of it is let go. A stream that is not read would keep it, and never end. */
    void forget() {
        isForgotten = true;
        begin();
    }

    /** Its caller ended its side: a request that is not whole is ended. */
    void callerEnded() {
        ChannelHandlerContext here = context;
        if (here != null && ((Http2StreamChannel) here.channel()).stream().state() == Http2Stream.State.OPEN) {
            here.close();
        }
    }

    /** It is one too many: told when its head comes, since the codec is not done with making it. */
    void refuse() {
        isRefused = true;
        begin();
    }

    /** What comes before its turn waits, and takes from the windows. */
    @Override
    public void read(ChannelHandlerContext here) {
        if (mayRead) {
            here.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (isRefused && !isForgotten) {
            isForgotten = true;
            reset(here, Http2Error.REFUSED_STREAM);
        }
        if (isForgotten) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest) {
            owesAnswer = true;
            open.requestCame();
        }
        if (message instanceof LastHttpContent
                && !((HttpObject) message).decoderResult().isFailure()) {
            isWhole = true;
            body.end();
        }
        if (lingering == null) {
            here.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    /** What came did not end the request: the deadline of its body begins, whatever length was announced. */
    @Override
    public void channelReadComplete(ChannelHandlerContext here) {
        if (owesAnswer && !isWhole && answerEnd == null && !bodyDeadlineBegan) {
            bodyDeadlineBegan = true;
            body.begin(here.executor());
        }
        here.fireChannelReadComplete();
        if (isForgotten || lingering != null) {
            here.read();
        }
    }

    /** Who reads the body is told, and may answer. */
    private void bodyTooSlow() {
        ChannelHandlerContext here = context;
        if (here != null && here.channel().isActive()) {
            here.fireExceptionCaught(new BodyTooSlow());
            close(here, here.newPromise());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) {
        if (event instanceof Http2ResetFrame) {
            forget();
        }
        here.fireUserEventTriggered(event);
    }

    @Override
    public void write(ChannelHandlerContext here, Object message, ChannelPromise promise) {
        ChannelPromise written = promise.unvoid();
        boolean isInterim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof LastHttpContent && !isInterim) {
            answerEnd = written;
            body.end();
        } else {
            lost.watch(here, written);
        }
        unread.write(message, written);
        here.write(message, written);
    }

    @Override
    public void flush(ChannelHandlerContext here) {
        here.flush();
        unread.flushed(here);
        settle();
    }

    /** Notes the end of the answer. */
    private void settle() {
        ChannelPromise end = answerEnd;
        ChannelHandlerContext here = context;
        if (end == null || here == null || !end.isDone()) {
            return;
        }
        answerEnd = null;
        answered();
        if (end.cause() != null) {
            lost.noteIfLost(here, end.cause());
        } else if (endsAfterAnswer || !isWhole) {
            close(here, here.newPromise());
        }
    }

    private void answered() {
        if (owesAnswer) {
            owesAnswer = false;
            open.requestIsOver();
        }
    }

    /** Of an answer that is on its way, the end is awaited; without one, a reset tells that there is none. */
    @Override
    public void close(ChannelHandlerContext here, ChannelPromise promise) {
        settle();
        if (answerEnd != null) {
            endsAfterAnswer = true;
        } else if (owesAnswer || isWhole || !mayRead) {
            here.close(promise);
            return;
        } else if (lingering == null && here.channel().isActive()) {
            linger(here);
        }
        here.channel().closeFuture().addListener(closed -> promise.trySuccess());
    }

    private void linger(ChannelHandlerContext here) {
        long moment = OpenConnections.MOMENT.toMillis();
        lingering = here.executor().schedule(() -> endNow(here), moment, TimeUnit.MILLISECONDS);
        here.read();
    }

    /** The answer stands, and the rest of the request is not wanted (RFC 9113, 8.1). */
    private static void endNow(ChannelHandlerContext here) {
        reset(here, Http2Error.NO_ERROR);
    }

    private static void reset(ChannelHandlerContext here, Http2Error why) {
        here.writeAndFlush(new DefaultHttp2ResetFrame(why));
        here.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        unread.end();
        body.end();
        if (lingering != null) {
            lingering.cancel(false);
        }
        answered();
        connection.left(this);
        here.fireChannelInactive();
    }
}
