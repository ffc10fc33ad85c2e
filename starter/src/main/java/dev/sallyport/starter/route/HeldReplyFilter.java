package dev.sallyport.starter.route;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Writes the reply that a session contract has left, where Spring Cloud Gateway writes those of its own. */
public final class HeldReplyFilter implements GlobalFilter, Ordered {
    @Override
    public int getOrder() {
        return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange).then(Mono.defer(() -> written(exchange)));
    }

    private static Mono<Void> written(ServerWebExchange exchange) {
        @Nullable HeldReply reply = HeldReply.of(exchange);
        ServerHttpResponse response = exchange.getResponse();
        return reply == null || response.isCommitted()
                ? Mono.empty()
                : response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(reply.body())));
    }
}
