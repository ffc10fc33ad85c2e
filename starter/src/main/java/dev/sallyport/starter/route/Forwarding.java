package dev.sallyport.starter.route;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.ContextView;

/**
 * Where a call came from and where it goes on: an exchange, and the filters of its route that are still to come. Pipelines are made
 * once and know no exchange, so this goes with the call in Reactor's context.
 */
record Forwarding(ServerWebExchange exchange, GatewayFilterChain chain) {
    static Forwarding in(ContextView context) {
        return context.get(Forwarding.class);
    }
}
