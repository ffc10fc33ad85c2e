package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.gateway.edge.Routes;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.call.CallReports;
import dev.sallyport.gateway.http.call.CallTrail;
import dev.sallyport.gateway.http.call.CallerAddress;
import dev.sallyport.gateway.http.header.NettyHeaders;
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
    private final CallReports reports;
    private final boolean answersPreflights;
    private final HttpHandler gateway;

    OtherRequests(
            Supplier<ServingSnapshot> serving,
            ReplyResponses responses,
            CallReports reports,
            boolean answersPreflights,
            HttpHandler gateway) {
        this.serving = serving;
        this.responses = responses;
        this.reports = reports;
        this.answersPreflights = answersPreflights;
        this.gateway = gateway;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        HttpServerRequest incoming = ServerHttpRequestDecorator.getNativeRequest(request);
        if (!answersPreflights) { // Spring would answer one (Fetch, 4.8) all the same, and say nothing
            incoming.requestHeaders().remove(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        }
        // No protocol but this one is served, and a server may ignore the field (RFC 9110, 7.8)
        incoming.requestHeaders().remove(HttpHeaderNames.UPGRADE);
        incoming.withConnection(
                connection -> LoopScheduler.enter(connection.channel().eventLoop()));
        ServingSnapshot served = serving.get();
        Headers headers = new NettyHeaders(incoming.requestHeaders());
        String address = CallerAddress.of(request.getRemoteAddress());
        CallTrail trail = CallTrail.of(reports, served, headers, address, System.nanoTime());
        if (!served.routes().isFree(Routes.path(incoming.uri()))) {
            return new UnroutedRequest(trail, served, headers, true)
                    .refused(UNKNOWN, responses, response)
                    .then(Mono.defer(response::setComplete)); // to HEAD, writing alone would send no status
        }
        return gateway.handle(request, new NoBareErrors(response))
                .contextWrite(
                        context -> context.put(ServingSnapshot.class, served).put(CallTrail.class, trail));
    }
}
