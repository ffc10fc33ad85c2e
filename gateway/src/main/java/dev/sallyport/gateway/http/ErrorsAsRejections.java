package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.util.function.Supplier;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * What Spring Cloud Gateway has no answer for, in the provider's error shape instead of a stock page: an unknown path first
 * of all.
 */
public final class ErrorsAsRejections implements WebExceptionHandler, Ordered {
    /** Before Spring Boot's own handler, which is at -1. */
    private static final int ORDER = -2;

    private final ReplyResponses responses;
    private final Supplier<ServingSnapshot> serving;

    ErrorsAsRejections(ReplyResponses responses, Supplier<ServingSnapshot> serving) {
        this.responses = responses;
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
        Rejection rejection = RouteFailures.rejection(failure, isThere(exchange));
        Mono<Void> written =
                responses.write(new Refusal(rejection), RefusedCall.unread(headers(exchange)), met, response);
        if (rejection.reason() == Reason.METHOD_NOT_ALLOWED && failure instanceof ErrorResponse known) {
            response.getHeaders().setAllow(known.getHeaders().getAllow());
        }
        return written;
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
}
