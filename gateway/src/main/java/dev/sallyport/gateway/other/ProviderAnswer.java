package dev.sallyport.gateway.other;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The provider's answer to another call, between the connection that it came on and the filters of the route: its status and
 * fields are there for the filters to change, its body is written when they are done.
 */
public final class ProviderAnswer implements GlobalFilter, Ordered {
    private static final String ANSWER = ProviderAnswer.class.getName() + ".answer";

    /** Hands an answer to the filters of its route. */
    static void put(ServerWebExchange exchange, Answer answer, Headers fields) {
        ServerHttpResponse response = exchange.getResponse();
        response.setRawStatusCode(answer.status());
        fields.forEach((name, value) -> response.getHeaders().add(name, value));
        exchange.getAttributes().put(ANSWER, answer);
    }

    /** When the provider was asked, if it was. */
    static Timing timing(ServerWebExchange exchange) {
        @Nullable Answer answer = exchange.getAttribute(ANSWER);
        return answer == null ? Timing.NONE : answer.timing();
    }

    /** Where Spring Cloud Gateway writes the answers that it has itself: filters that change bodies expect it there. */
    @Override
    public int getOrder() {
        return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange).then(Mono.defer(() -> written(exchange)));
    }

    private static Mono<Void> written(ServerWebExchange exchange) {
        @Nullable Answer answer = exchange.getAttribute(ANSWER);
        ServerHttpResponse response = exchange.getResponse();
        return answer == null || response.isCommitted()
                ? Mono.empty()
                : response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(answer.body())));
    }
}
