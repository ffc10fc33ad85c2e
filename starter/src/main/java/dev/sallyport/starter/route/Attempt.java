package dev.sallyport.starter.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;

/**
 * An exchange as one attempt's filters see it: a request of its own, a response of its own, and attributes of its own, which begin
 * as the exchange's are here. So what one attempt leaves there, a connection or the mark that it was routed, no other one finds.
 */
final class Attempt extends ServerWebExchangeDecorator {
    private final CheckedRequest request;
    private final AnswerInMemory response;
    private final Map<String, Object> attributes;

    Attempt(ServerWebExchange exchange, CheckedRequest request, AnswerInMemory response) {
        super(exchange);
        this.request = request;
        this.response = response;
        this.attributes = new ConcurrentHashMap<>(exchange.getAttributes());
        attributes.remove(ServerWebExchangeUtils.CACHED_REQUEST_BODY_ATTR); // of the body as it came in
    }

    @Override
    public ServerHttpRequest getRequest() {
        return request;
    }

    @Override
    public ServerHttpResponse getResponse() {
        return response;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    /** Lets go what a filter has put aside for itself. */
    void end() {
        ServerWebExchangeUtils.clearCachedRequestBody(this);
    }
}
