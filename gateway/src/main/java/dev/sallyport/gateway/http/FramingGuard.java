package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * First behind the HTTP codec: answers a request that may not be believed, and closes the connection. Reactor Netty would
 * answer a broken body with 400 and yet complete it for the handler, cut short; then a message that was never sent would be
 * carried out. Behind this handler a body either arrives whole or fails.
 *
 * <p>One instance per connection, on its event loop. Answers keep their order: a refusal waits until the requests before it
 * were answered.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's promises carry the outcome, and nothing here could act on it
final class FramingGuard extends ChannelDuplexHandler {
    private final Refusals refusals;
    private final Supplier<Served> serving;
    private Served served;
    private @Nullable Rejection refusal;
    private Headers headers = Headers.NONE;
    private String path = "";
    private boolean refusesBody;
    private boolean written;
    private int unanswered;

    /**
     * The guard of one connection.
     *
     * @param serving what is served now: a request is refused in the words of what served when its head came
     */
    FramingGuard(Refusals refusals, Supplier<Served> serving) {
        this.refusals = refusals;
        this.serving = serving;
        this.served = serving.get();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refusal != null) {
            ReferenceCountUtil.release(message);
            return;
        }
        served = message instanceof HttpRequest ? serving.get() : served;
        refusal = problem(message);
        if (refusal == null) {
            unanswered += message instanceof HttpRequest ? 1 : 0;
            context.fireChannelRead(message);
        } else {
            refusesBody = !(message instanceof HttpRequest);
            if (message instanceof HttpRequest request) {
                headers = new NettyHeaders(request.headers());
                path = RequestShape.path(request.uri());
            }
            ReferenceCountUtil.release(message);
            refuseInTurn(context);
        }
    }

    private static @Nullable Rejection problem(Object message) {
        if (message instanceof HttpRequest request) {
            return RequestShape.problem(request);
        }
        boolean broken = message instanceof HttpContent content
                && content.decoderResult().isFailure();
        return broken ? RequestShape.malformed("The request's body is not well-formed HTTP.") : null;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (written) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new java.nio.channels.ClosedChannelException());
            return;
        }
        context.write(message, promise);
        if (message instanceof LastHttpContent && !isInformational(message)) {
            unanswered--;
            refuseInTurn(context);
        }
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** A broken body belongs to the last request that was passed on; a broken head to none. */
    private void refuseInTurn(ChannelHandlerContext context) {
        int before = refusesBody ? 1 : 0;
        if (refusal == null || written || unanswered > before) {
            return;
        }
        written = true;
        if (unanswered < before) {
            context.close();
            return;
        }
        context.writeAndFlush(answer(refusal)).addListener(ChannelFutureListener.CLOSE);
    }

    private FullHttpResponse answer(Rejection why) {
        FullHttpResponse answer = refusals.closing(why, RefusedCall.unread(headers), served);
        if (why.reason() == Reason.METHOD_NOT_ALLOWED) {
            answer.headers().set(HttpHeaderNames.ALLOW, served.routes().methods(path));
        }
        return answer;
    }
}
