package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * What Spring Cloud Gateway has no answer for, in the provider's error shape instead of a stock page: an unknown path first
 * of all.
 */
public final class ErrorsAsRejections implements WebExceptionHandler, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorsAsRejections.class);
    /** Before Spring Boot's own handler, which is at -1. */
    private static final int ORDER = -2;

    private final Refusals refusals;

    ErrorsAsRejections(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        Rejection rejection = rejection(failure);
        byte[] body = refusals.body(rejection);
        response.setStatusCode(HttpStatus.valueOf(rejection.reason().status()));
        response.getHeaders().clear();
        if (rejection.reason() == Reason.METHOD_NOT_ALLOWED && failure instanceof ErrorResponse known) {
            response.getHeaders().setAllow(known.getHeaders().getAllow());
        }
        refusals.headers(rejection, accept(exchange), body.length)
                .forEach(line -> response.getHeaders().add(line.getKey(), line.getValue()));
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static Headers accept(ServerWebExchange exchange) {
        @Nullable String accept = exchange.getRequest().getHeaders().getFirst("Accept");
        return accept == null ? Headers.NONE : Headers.of(Map.of("accept", accept));
    }

    private static Rejection rejection(Throwable failure) {
        HttpStatusCode status = failure instanceof ErrorResponse known ? known.getStatusCode() : HttpStatus.OK;
        if (status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
            return Rejection.of(Reason.UNKNOWN_OPERATION, "No operation of this gateway has this path.");
        }
        if (status.isSameCodeAs(HttpStatus.METHOD_NOT_ALLOWED)) {
            return Rejection.of(Reason.METHOD_NOT_ALLOWED, "This method is not served here.");
        }
        if (status.is4xxClientError()) {
            return RequestShape.malformed("The request could not be understood.");
        }
        LOG.error("A request outside the known operations failed", failure);
        return Rejection.of(Reason.INTERNAL, "Something went wrong in the gateway.");
    }
}
