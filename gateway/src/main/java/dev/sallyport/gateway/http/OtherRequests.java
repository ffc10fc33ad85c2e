package dev.sallyport.gateway.http;

import dev.sallyport.gateway.edge.ServingSnapshot;
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
    private final Supplier<ServingSnapshot> serving;
    private final HttpHandler gateway;

    OtherRequests(Supplier<ServingSnapshot> serving, HttpHandler gateway) {
        this.serving = serving;
        this.gateway = gateway;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        HttpServerRequest incoming = ServerHttpRequestDecorator.getNativeRequest(request);
        // Spring would answer a preflight (Fetch, 4.8) itself: 403, without a word
        incoming.requestHeaders().remove(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
        ServingSnapshot served = serving.get();
        return gateway.handle(request, new NoBareErrors(response))
                .contextWrite(context -> context.put(ServingSnapshot.class, served));
    }
}
