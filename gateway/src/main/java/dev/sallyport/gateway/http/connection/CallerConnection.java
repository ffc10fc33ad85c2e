package dev.sallyport.gateway.http.connection;

import dev.sallyport.config.RequestSettings;
import dev.sallyport.gateway.body.BodyTooSlow;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One caller's connection: one request at a time, and the next not before the answer was taken by the network. Requests that came
 * ahead wait their turn behind those of the loop's other connections. An answer before the end of its request is the last one: the
 * caller is told so and has a moment to read it. A caller who ends its side after a request gets the answer.
 *
 * <p>On its event loop only. Costs a request that comes whole, and whose answer is read, nothing but a few fields. Nothing is kept
 * of a request whose answer is out, nor of a connection that is closed: callers without credentials would fill the heap with it. A little
 * longer than a file should be, so that whose turn it is stands in one place.
 */
@SuppressWarnings("FutureReturnValueIgnored") // promises carry their outcome to the writer; a close has none to act on
final class CallerConnection extends ChannelDuplexHandler implements OpenConnections.One {
    private final ConnectionCodec codec;
    private final UnreadAnswer unread;
    private final BodyDeadline body;
    private final IdleDeadline idle;
    private final Linger linger;
    private final LostAnswer lost;
    private final OpenConnections open;

    private @Nullable ChannelHandlerContext context;
    /** Of the request whose end has not come. */
    private @Nullable HttpRequest arriving;

    private boolean owesAnswer;
    private boolean turnTaken;
    private boolean callerEnded;
    private boolean isLast;
    private @Nullable ChannelPromise answerEnd;

    CallerConnection(ConnectionCodec codec, Shared shared, RequestSettings settings) {
        this.codec = codec;
        this.body = new BodyDeadline(settings.bodyTimeout(), this::bodyTooSlow);
        this.idle = new IdleDeadline(settings.idleTimeout(), this::isBusy, this::wasIdle);
        this.linger = new Linger(codec);
        this.unread = new UnreadAnswer(shared.unread(), settings.writeTimeout(), shared.events(), this::settle);
        this.lost = new LostAnswer(unread, shared.events());
        this.open = shared.open();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext here) {
        idle.begin(here.executor());
        open.add(this);
        here.fireChannelActive();
    }

    /** A request that comes, or waits for its answer, has times of its own. */
    private boolean isBusy() {
        settle();
        boolean headIsComing = open.areEnding() && !open.areRefusing() && codec.isWithinHead();
        return owesAnswer || arriving != null || linger.isOn() || headIsComing;
    }

    /** A request may be on its way, which a reset would leave in doubt. */
    private void wasIdle() {
        if (context != null) {
            linger(context);
        }
    }

    @Override
    public void end() {
        onLoop(here -> idle.shorten(here.executor(), OpenConnections.MOMENT));
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
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (message instanceof HttpRequest request) {
            arriving = request;
            owesAnswer = true;
            open.requestCame();
            if (!isThere(request)) {
                body.begin(here.executor());
            }
        }
        boolean whole = message instanceof LastHttpContent
                && !((HttpObject) message).decoderResult().isFailure();
        if (whole) {
            arriving = null;
            body.end();
        }
        here.fireChannelRead(message);
        if (whole) {
            readNoFurther(here);
        }
    }

    /** Who reads the body is told, and may answer; that answer is the last one. */
    private void bodyTooSlow() {
        ChannelHandlerContext here = context;
        if (here != null && here.channel().isActive()) {
            here.fireExceptionCaught(new BodyTooSlow());
            close(here, here.newPromise());
        }
    }

    /** Reactor Netty reads on at the end of a request, to notice a caller who leaves; the transport does so anyway. */
    private void readNoFurther(ChannelHandlerContext here) {
        here.channel().config().setAutoRead(false);
        if (!owesAnswer) {
            read(here);
        }
    }

    /**
     * Asked for more bytes, gets them unless an answer is owed, and from what came ahead first. Reactor Netty asks again once it
     * is done with an answer.
     */
    @Override
    public void read(ChannelHandlerContext here) {
        settle();
        boolean bodyIsDue = arriving != null && !isThere(arriving);
        if (linger.isOn() || bodyIsDue) {
            here.read();
        } else if (arriving == null && !owesAnswer) {
            readNext(here);
        }
    }

    private void readNext(ChannelHandlerContext here) {
        if (codec.ahead() > 0) {
            takeTurn(here);
        } else if (callerEnded) {
            close(here, here.newPromise());
        } else {
            codec.next();
            here.read();
        }
    }

    /** A timer, and not a task, which would come before the other connections' bytes are looked at. */
    private void takeTurn(ChannelHandlerContext here) {
        if (!turnTaken) {
            turnTaken = true;
            here.executor().schedule(() -> turn(here), 1, TimeUnit.NANOSECONDS);
        }
    }

    private void turn(ChannelHandlerContext here) {
        turnTaken = false;
        if (!here.channel().isActive() || linger.isOn()) {
            return;
        }
        try {
            codec.decodeNext();
        } catch (Exception failure) {
            here.fireExceptionCaught(failure);
        }
        endIfNothingIsDue(here);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) {
        boolean endedTls = event instanceof SslCloseCompletionEvent ended && ended.isSuccess();
        if (endedTls || event instanceof ChannelInputShutdownEvent) {
            callerEnded = true;
            endIfNothingIsDue(here);
        }
        if (!endedTls) { // Reactor Netty would close at once
            here.fireUserEventTriggered(event);
        }
    }

    /** A caller who ended its side still gets the answers to whole requests, and to nothing else. */
    private void endIfNothingIsDue(ChannelHandlerContext here) {
        boolean due = arriving == null && (owesAnswer || turnTaken);
        if (callerEnded && (linger.isOn() || !due)) {
            here.close();
        }
    }

    @Override
    public void write(ChannelHandlerContext here, Object message, ChannelPromise promise) {
        ChannelPromise written = promise.unvoid();
        boolean interim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof HttpResponse response && !interim && (open.areEnding() || !isWhole())) {
            isLast = true;
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (message instanceof LastHttpContent && !interim) {
            answerEnd = written;
            body.end();
        } else {
            lost.watch(here, written);
        }
        unread.write(message, written);
        here.write(message, written);
    }

    /** Whether the request's body was decoded, or is there to be decoded. Netty announces the head before it. */
    private boolean isWhole() {
        return arriving == null || isThere(arriving);
    }

    private boolean isThere(HttpRequest request) {
        return !request.decoderResult().isFailure()
                && !HttpUtil.isTransferEncodingChunked(request)
                && HttpUtil.getContentLength(request, 0L) <= codec.ahead();
    }

    @Override
    public void flush(ChannelHandlerContext here) {
        here.flush();
        unread.flushed(here);
        settle();
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        unread.end();
        body.end();
        idle.end();
        linger.end();
        answered();
        open.remove(this);
        here.fireChannelInactive();
    }

    /** Notes the end of an answer. Asked from wherever it could first be seen, since whose listener runs first is open. */
    private void settle() {
        if (answerEnd == null || !answerEnd.isDone()) {
            return;
        }
        Throwable failure = answerEnd.cause();
        answerEnd = null;
        answered();
        idle.restart();
        ChannelHandlerContext here = context;
        if (here != null && failure != null) {
            lost.noteIfLost(here, failure);
        } else if (here != null && isLast) {
            linger(here);
        }
    }

    private void answered() {
        if (owesAnswer) {
            owesAnswer = false;
            open.requestIsOver();
        }
    }

    @Override
    public void close(ChannelHandlerContext here, ChannelPromise promise) {
        settle();
        boolean mayStillSend = arriving != null || codec.ahead() > 0;
        if (!linger.isOn() && mayStillSend && !owesAnswer) {
            linger(here);
        }
        if (linger.isOn()) {
            here.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else {
            here.close(promise);
        }
    }

    private void linger(ChannelHandlerContext here) {
        if (linger.isOn() || callerEnded || !here.channel().isActive()) {
            here.close();
            return;
        }
        linger.begin(here);
    }
}
