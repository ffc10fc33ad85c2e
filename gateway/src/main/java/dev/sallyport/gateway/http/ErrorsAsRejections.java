package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.call.CallReports;
import dev.sallyport.gateway.http.call.CallTrail;
import dev.sallyport.gateway.http.connection.ConnectionEvents;
import dev.sallyport.gateway.http.connection.ConnectionEvents.Cut;
import dev.sallyport.gateway.http.connection.UncaughtErrors;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.util.function.Supplier;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
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
    private final ConnectionEvents events;
    private final UncaughtErrors uncaught;

    /** @param events hears of answers that break off, and of bugs on the way to a refusal, which nothing else tells of */
    ErrorsAsRejections(ReplyResponses responses, Supplier<ServingSnapshot> serving, ConnectionEvents events) {
        this.responses = responses;
        this.serving = serving;
        this.events = events;
        this.uncaught = new UncaughtErrors(events);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            noteIfBrokenOff(exchange, failure);
            return Mono.error(failure);
        }
        Mono<Void> handled = Mono.deferContextual(context -> {
            ServingSnapshot met =
                    context.<ServingSnapshot>getOrEmpty(ServingSnapshot.class).orElseGet(serving);
            CallTrail trail = context.<CallTrail>getOrEmpty(CallTrail.class)
                    .orElseGet(() -> CallTrail.unread(CallReports.NONE, met, System.nanoTime()));
            boolean hasRoute = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR) != null;
            return refused(exchange, failure, new UnroutedRequest(trail, met, headers(exchange), !hasRoute));
        });
        return handled.doOnError(uncaught::tell);
    }

    /** Of an answer that has begun. What its caller did, or a bug, is told where its connection ends. */
    private void noteIfBrokenOff(ServerWebExchange exchange, Throwable failure) {
        if (RouteFailures.rejection(failure, isThere(exchange)).reason() == Reason.PROVIDER_UNREACHABLE) {
            events.cut(Cut.UPSTREAM_FAILED);
        }
    }

    /**
     * Writes the refusal.
     *
     * @param request with the generation that it met when it came, even if a reload has put the next in its place
     */
    private Mono<Void> refused(ServerWebExchange exchange, Throwable failure, UnroutedRequest request) {
        ServerHttpResponse response = exchange.getResponse();
        Rejection rejection = RouteFailures.rejection(failure, isThere(exchange));
        Mono<Void> written = request.refused(rejection, responses, response);
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
