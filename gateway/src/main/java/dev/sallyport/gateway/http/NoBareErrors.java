package dev.sallyport.gateway.http;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;

/**
 * A response that Spring cannot complete with a server error and nothing else, as it does when the handling of an error fails.
 * The failure goes on to the server instead, whose guard refuses the call.
 */
final class NoBareErrors extends ServerHttpResponseDecorator {
    NoBareErrors(ServerHttpResponse response) {
        super(response);
    }

    @Override
    public Mono<Void> setComplete() {
        HttpStatusCode status = getStatusCode();
        boolean bare = status != null && status.is5xxServerError() && !isCommitted();
        return bare
                ? Mono.error(new IllegalStateException("an error of the gateway's was not rendered"))
                : super.setComplete();
    }
}
