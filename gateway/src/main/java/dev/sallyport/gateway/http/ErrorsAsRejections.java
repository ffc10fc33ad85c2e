package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.body.BodyTooSlow;
import dev.sallyport.gateway.edge.EdgeRejections;
import dev.sallyport.gateway.edge.RefusalWriter;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.util.function.Supplier;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.channel.AbortedException;

/**
 * What Spring Cloud Gateway has no answer for, in the provider's error shape instead of a stock page: an unknown path first
 * of all.
 */
public final class ErrorsAsRejections implements WebExceptionHandler, Ordered {
    /** Before Spring Boot's own handler, which is at -1. */
    private static final int ORDER = -2;

    private final RefusalWriter refusals;
    private final Supplier<ServingSnapshot> serving;

    ErrorsAsRejections(RefusalWriter refusals, Supplier<ServingSnapshot> serving) {
        this.refusals = refusals;
        this.serving = serving;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        return Mono.deferContextual(context -> {
            ServingSnapshot met =
                    context.<ServingSnapshot>getOrEmpty(ServingSnapshot.class).orElseGet(serving);
            return refused(exchange, failure, met);
        });
    }

    /**
     * Writes the refusal.
     *
     * @param met the generation that the request met when it came, even if a reload has put the next in its place
     */
    private Mono<Void> refused(ServerWebExchange exchange, Throwable failure, ServingSnapshot met) {
        ServerHttpResponse response = exchange.getResponse();
        Rejection rejection = rejection(failure, isThere(exchange));
        Headers headers = headers(exchange);
        byte[] body = refusals.body(new Refusal(rejection), RefusedCall.unread(headers), met);
        response.setStatusCode(HttpStatus.valueOf(rejection.reason().status()));
        response.getHeaders().clear();
        if (rejection.reason() == Reason.METHOD_NOT_ALLOWED && failure instanceof ErrorResponse known) {
            response.getHeaders().setAllow(known.getHeaders().getAllow());
        }
        refusals.headers(rejection, headers, body.length)
                .forEach(line -> response.getHeaders().add(line.getKey(), line.getValue()));
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static Headers headers(ServerWebExchange exchange) {
        return Headers.of(exchange.getRequest().getHeaders().toSingleValueMap());
    }

    /** Whether the caller's connection is: a route's own one to its upstream fails in the same words. */
    private static boolean isThere(ServerWebExchange exchange) {
        Object caller = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        return !(caller instanceof Connection connection)
                || connection.channel().isActive();
    }

    private static Rejection rejection(Throwable failure, boolean callerIsThere) {
        if (failure instanceof BodyTooSlow) {
            return EdgeRejections.bodyTooSlow();
        }
        if (failure instanceof AbortedException && !callerIsThere) {
            return EdgeRejections.malformed("The request's body did not arrive whole.")
                    .because(failure);
        }
        HttpStatusCode status = failure instanceof ErrorResponse known ? known.getStatusCode() : HttpStatus.OK;
        if (status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
            return Rejection.of(Reason.UNKNOWN_OPERATION, "No operation of this gateway has this path.");
        }
        if (status.isSameCodeAs(HttpStatus.METHOD_NOT_ALLOWED)) {
            return Rejection.of(Reason.METHOD_NOT_ALLOWED, "This method is not served here.");
        }
        if (status.isSameCodeAs(HttpStatus.UNSUPPORTED_MEDIA_TYPE)) {
            return Rejection.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json.");
        }
        if (status.is4xxClientError()) {
            return EdgeRejections.malformed("The request could not be understood.")
                    .because(failure);
        }
        return Rejection.of(Reason.INTERNAL, "Something went wrong in the gateway.")
                .because(failure);
    }
}
