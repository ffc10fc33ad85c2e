package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Phase;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.edge.EdgeRejections;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.edge.Routes.Match;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.call.BrokenBody;
import dev.sallyport.gateway.http.call.CallReports;
import dev.sallyport.gateway.http.call.CallTrail;
import dev.sallyport.gateway.http.call.RefusedInFront;
import dev.sallyport.gateway.http.call.SpokenVersion;
import dev.sallyport.gateway.http.connection.ConnectionEvents;
import dev.sallyport.gateway.http.connection.UncaughtErrors;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.FinishedCall.Ending;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.netty.channel.Channel;
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
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.logging.error.ErrorLogEvent;

/**
 * First behind the HTTP codec: answers a request that may not be believed, or comes when the gateway is about to have stopped,
 * and closes the connection. Reactor Netty would answer a broken body with 400 and yet complete it for the handler, cut short;
 * then a message that was never sent would be carried out. Behind this handler a body either arrives whole or fails. Nothing
 * that Reactor Netty makes up itself leaves through it: a request that it cannot take, or a bug before an answer began, is
 * refused as everything else is.
 *
 * <p>One instance per connection, on its event loop. Answers keep their order: a refusal waits until the requests before it
 * were answered.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's promises carry the outcome, and nothing here could act on it
final class FramingGuard extends ChannelDuplexHandler {
    private final RefusalWriter refusals;
    private final Supplier<ServingSnapshot> serving;
    private final ConnectionEvents events;
    private final CallReports reports;
    private final BooleanSupplier isTooLate;
    private ServingSnapshot served;
    /** When the latest head came. */
    private long came = System.nanoTime();

    private @Nullable Rejection refusal;
    private @Nullable HttpRequest asked;
    private boolean refusesBody;
    private boolean isHandedOver;
    private boolean answerBegun;
    private boolean written;
    private int unanswered;

    /**
     * The guard of one connection.
     *
     * @param serving what is served now: a request is refused in the words of what served when its head came
     * @param events hears of bugs that cut an answer
     * @param reports what is told of requests that it refuses
     * @param isTooLate whether the gateway stops and a request that comes now might not be answered before it has
     */
    FramingGuard(
            RefusalWriter refusals,
            Supplier<ServingSnapshot> serving,
            ConnectionEvents events,
            CallReports reports,
            BooleanSupplier isTooLate) {
        this.refusals = refusals;
        this.serving = serving;
        this.events = events;
        this.reports = reports;
        this.isTooLate = isTooLate;
        this.served = serving.get();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refusal != null) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            served = serving.get();
            asked = request;
            came = System.nanoTime();
        }
        refusal = problem(message);
        if (refusal == null) {
            unanswered += message instanceof HttpRequest ? 1 : 0;
            context.fireChannelRead(message);
        } else {
            refusesBody = !(message instanceof HttpRequest);
            ReferenceCountUtil.release(message);
            if (!refusesBody || !isTakenUp(context, refusal)) {
                refuseInTurn(context);
            }
        }
    }

    /** Whether a call of an operation is being read, which answers that by itself: under its own id, and as its one end. */
    private boolean isTakenUp(ChannelHandlerContext context, Rejection why) {
        var broken = new BrokenBody(why);
        isHandedOver = true;
        context.fireUserEventTriggered(broken);
        isHandedOver = broken.isTakenUp();
        return isHandedOver;
    }

    private @Nullable Rejection problem(Object message) {
        if (message instanceof HttpRequest request) {
            @Nullable Rejection problem = RequestShape.problem(request);
            return problem == null && isTooLate.getAsBoolean() ? EdgeRejections.shuttingDown() : problem;
        }
        boolean broken = message instanceof HttpContent content
                && content.decoderResult().isFailure();
        return broken ? EdgeRejections.malformed("The request's body is not well-formed HTTP.") : null;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!written && isOfReactorNetty(message)) {
            refuseAsked(context, EdgeRejections.malformed("The request could not be understood."));
        }
        if (written) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new ClosedChannelException());
            return;
        }
        answerBegun |= message instanceof HttpResponse && !isInformational(message);
        context.write(message, promise);
        if (message instanceof LastHttpContent && !isInformational(message)) {
            unanswered--;
            answerBegun = false;
            asked = refusal == null ? null : asked;
            refuseInTurn(context);
        }
    }

    /** What it cannot make a request of, it marks as not decoded and answers with a status and nothing else. */
    private boolean isOfReactorNetty(Object message) {
        return message instanceof HttpResponse
                && asked != null
                && refusal == null
                && asked.decoderResult().isFailure();
    }

    /** Reactor Netty tells of an error just before it answers with 500 and nothing else, or closes. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ErrorLogEvent error && !written) {
            failed(context, error.cause());
        }
        context.fireUserEventTriggered(event);
    }

    private void failed(ChannelHandlerContext context, Throwable error) {
        if (unanswered > 0 && !answerBegun && context.channel().isActive()) {
            refuseAsked(context, EdgeRejections.bug(error));
        } else if (!UncaughtErrors.areOfTheConnection(error)) {
            events.answerFailed(error);
        }
    }

    private void refuseAsked(ChannelHandlerContext context, Rejection why) {
        refusal = why;
        refusesBody = true;
        refuseInTurn(context);
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** A broken body belongs to the last request that was passed on; a broken head to none. */
    private void refuseInTurn(ChannelHandlerContext context) {
        int before = refusesBody ? 1 : 0;
        if (refusal == null || isHandedOver || written || unanswered > before) {
            return;
        }
        written = true;
        if (unanswered < before || answerBegun) {
            context.close();
            return;
        }
        Rejection why = refusal;
        CallKind kind = kind(why);
        CallTrail trail = CallTrail.unread(reports, served, came);
        if (refusesBody) {
            new RefusedInFront(trail.ofCall().requestId(), new Refusal(why)).mark(context.channel());
        }
        FullHttpResponse answer = answer(why, kind, trail);
        trail.enter(Phase.WRITE);
        context.writeAndFlush(answer)
                .addListener(sent ->
                        trail.over(kind, new Ending(new Refusal(why), sent.isSuccess()), version(context.channel())))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Of a head that could not be read, what this server speaks there. */
    private String version(Channel connection) {
        return SpokenVersion.of(connection, asked == null ? HttpVersion.HTTP_1_1 : asked.protocolVersion());
    }

    /** Of a request that comes too late, the head is in order. */
    private CallKind kind(Rejection why) {
        @Nullable HttpRequest late = why.reason() == Reason.SHUTTING_DOWN ? asked : null;
        @Nullable
        Match match = late == null
                ? null
                : served.routes().find(Routes.path(late.uri()), late.method().name());
        return match == null
                ? CallKind.NONE
                : CallKind.of(match.route().operation().id());
    }

    private FullHttpResponse answer(Rejection why, CallKind kind, CallTrail trail) {
        Headers headers = asked == null ? Headers.NONE : new NettyHeaders(asked.headers());
        FullHttpResponse answer = refusals.closing(why, trail.refused(kind, headers, false), served);
        if (why.reason() == Reason.METHOD_NOT_ALLOWED && asked != null) {
            answer.headers().set(HttpHeaderNames.ALLOW, served.routes().methods(Routes.path(asked.uri())));
        }
        return answer;
    }
}
