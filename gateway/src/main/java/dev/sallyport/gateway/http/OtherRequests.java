package dev.sallyport.gateway.http;

import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.header.NettyHeaders;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.function.Supplier;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Requests that are no calls of a known operation, on their way to Spring Cloud Gateway. */
final class OtherRequests implements HttpHandler {
    /** Also of a path that is spelt like an operation's, but not as that is: no route is asked whether it takes it. */
    private static final Rejection UNKNOWN =
            Rejection.of(Reason.UNKNOWN_OPERATION, "No operation of this gateway has this path.");

    private final Supplier<ServingSnapshot> serving;
    private final ReplyResponses responses;
    private final HttpHandler gateway;

    OtherRequests(Supplier<ServingSnapshot> serving, ReplyResponses responses, HttpHandler gateway) {
        this.serving = serving;
        this.responses = responses;
        this.gateway = gateway;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        HttpServerRequest incoming = ServerHttpRequestDecorator.getNativeRequest(request);
        // Spring would answer a preflight (Fetch, 4.8) itself: 403, without a word
        incoming.requestHeaders().remove(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        incoming.withConnection(
                connection -> LoopScheduler.enter(connection.channel().eventLoop()));
        ServingSnapshot served = serving.get();
        if (!served.routes().isFree(Routes.path(incoming.uri()))) {
            var about = RefusedCall.unread(new NettyHeaders(incoming.requestHeaders()));
            return responses.write(new Refusal(UNKNOWN), about, served, response);
        }
        return gateway.handle(request, new NoBareErrors(response))
                .contextWrite(context -> context.put(ServingSnapshot.class, served));
    }
}
