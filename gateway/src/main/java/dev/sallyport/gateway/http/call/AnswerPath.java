package dev.sallyport.gateway.http.call;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.EventExecutor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way back to the caller of one call, for one answer, after which the connection is read again, or closed. */
@SuppressWarnings("FutureReturnValueIgnored") // CallerConnection hears of what is not written, and ends the connection
final class AnswerPath {
    private final ChannelHandlerContext context;
    private final HttpRequest request;
    private final Runnable answered;

    /**
     * The way back for a request whose head has come.
     *
     * @param answered told when the answer is on its way
     */
    AnswerPath(ChannelHandlerContext context, HttpRequest request, Runnable answered) {
        this.context = context;
        this.request = request;
        this.answered = answered;
    }

    HttpRequest request() {
        return request;
    }

    /** The version of HTTP that it came by. */
    String version() {
        return SpokenVersion.of(context.channel(), request.protocolVersion());
    }

    EventExecutor loop() {
        return context.executor();
    }

    /** Asks for the body if the caller waits to be asked (RFC 9110, 10.1.1). */
    void askForBody() {
        if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    /**
     * Sends the answer.
     *
     * @param last whether no other may follow, which is also so if the caller wants none
     * @param done told whether the network took it; null if nothing wants to know
     */
    void send(FullHttpResponse answer, boolean last, @Nullable Consumer<Boolean> done) {
        boolean isLast = last || !mayGoOn();
        if (isLast) {
            HttpUtil.setKeepAlive(answer, false);
        }
        answered.run();
        ChannelPromise sent = context.newPromise();
        context.writeAndFlush(answer, sent);
        if (sent.isDone()) {
            sent(sent.isSuccess(), isLast, done);
        } else {
            sent.addListener(written -> sent(written.isSuccess(), isLast, done));
        }
    }

    /** As Reactor Netty does it, connections of HTTP/1.0 are not kept. */
    private boolean mayGoOn() {
        return request.protocolVersion().equals(HttpVersion.HTTP_1_1) && HttpUtil.isKeepAlive(request);
    }

    private void sent(boolean isWritten, boolean isLast, @Nullable Consumer<Boolean> done) {
        if (done != null) {
            done.accept(isWritten);
        }
        if (isLast) {
            context.close();
        } else {
            context.read();
        }
    }

    /** There will be no answer, and nothing may be taken for one. */
    void giveUp() {
        answered.run();
        context.close();
    }
}
