package dev.sallyport.starter.route;

import dev.sallyport.gateway.edge.Routes;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The contract on a route, in the place where the route's list has it: filters in front of it see the call as it came and the reply
 * that was checked, those behind it are on the way to the provider.
 */
public final class SessionContractFilter implements GatewayFilter {
    private final RouteCalls calls;
    private final Routes.@Nullable Route operation;

    SessionContractFilter(RouteCalls calls, Routes.@Nullable Route operation) {
        this.calls = calls;
        this.operation = operation;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return calls.answered(exchange, chain, operation);
    }

    @Override
    public String toString() {
        return "SessionContract"
                + (operation == null ? "" : "=" + operation.operation().id());
    }
}
