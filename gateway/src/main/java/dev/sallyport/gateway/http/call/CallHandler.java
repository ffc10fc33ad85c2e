package dev.sallyport.gateway.http.call;

import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.edge.Routes.Match;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.loop.LoopScheduler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the calls of known operations off a connection; every other request goes on as it came. One request comes at a time, so
 * that answers keep their order whichever side gives them. One instance per connection, on its event loop.
 */
final class CallHandler extends ChannelInboundHandlerAdapter {
    private final Calls calls;

    /** Until it is answered, or its caller is gone. */
    private @Nullable CallInProgress call;
    /** Whether what comes belongs to a call, the rest of one that is answered included. */
    private boolean isOfCall;

    private @Nullable OtherEnd end;

    CallHandler(Calls calls) {
        this.calls = calls;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            begin(context, request);
        } else if (isOfCall && message instanceof HttpContent content) {
            goOn(content);
        }
        if (isOfCall) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        ServingSnapshot served = calls.served();
        @Nullable
        Match match = served.routes()
                .find(Routes.path(request.uri()), request.method().name());
        isOfCall = match != null;
        if (match != null) {
            LoopScheduler.enter(context.channel().eventLoop());
            var begun = new CallInProgress(calls, new AnswerPath(context, request, this::answered), served, match);
            call = begun;
            begun.begin(end(context));
        }
    }

    private OtherEnd end(ChannelHandlerContext context) {
        @Nullable OtherEnd known = end;
        if (known == null) {
            known = OtherEnd.of(context.channel());
            end = known;
        }
        return known;
    }

    private void goOn(HttpContent content) {
        if (call != null) {
            call.read(content);
        }
    }

    private void answered() {
        call = null;
    }

    /** Nothing is read by itself. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (call != null && call.isReading()) {
            call.awaitBody();
            context.read();
        }
        context.fireChannelReadComplete();
    }

    /** A connection that breaks within a body ends next, and the call with it: there is no caller to be refused. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (call != null && call.isReading()) {
            if (!(cause instanceof IOException)) {
                call.unread(cause);
            }
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof BrokenBody broken && call != null && call.isReading()) {
            call.refuse(broken.takenUp());
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (call != null) {
            call.callerGone();
            call = null;
        }
        context.fireChannelInactive();
    }
}
