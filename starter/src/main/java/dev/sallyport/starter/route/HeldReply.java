package dev.sallyport.starter.route;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * A reply that waits to be written, as Spring Cloud Gateway has those of its own wait: status and fields stand in the exchange's
 * response, where the route's earlier filters see them and may add theirs; the body stands beside it.
 */
final class HeldReply {
    private static final String ATTRIBUTE = HeldReply.class.getName();

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    /** @param body handed over: not written to any more */
    HeldReply(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    byte[] body() {
        return body;
    }

    /** Puts it in place of one that an earlier try of the route's has left. */
    void holdIn(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        ServerWebExchangeUtils.reset(exchange);
        response.setStatusCode(HttpStatusCode.valueOf(status));
        headers.forEach((name, values) -> response.getHeaders().put(name, values));
        exchange.getAttributes()
                .put(ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES, Set.copyOf(headers.headerNames()));
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    static @Nullable HeldReply of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    @Override
    public String toString() {
        return status + " (" + body.length + " bytes)";
    }
}
