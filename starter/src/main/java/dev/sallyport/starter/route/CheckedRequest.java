package dev.sallyport.starter.route;

import dev.sallyport.call.Call;
import dev.sallyport.call.Trail;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** A request as the route's later filters see it: with the very bytes that were checked, and the fields that go on. */
final class CheckedRequest extends ServerHttpRequestDecorator {
    private final HttpHeaders headers = new HttpHeaders();
    private final byte[] body;
    private volatile long asked;

    /**
     * A request that may be sent.
     *
     * @param came the request as it came in
     * @param hasBody whether the operation's calls carry one
     */
    CheckedRequest(ServerHttpRequest came, Call call, boolean hasBody) {
        super(came);
        this.body = hasBody ? call.body() : new byte[0];
        call.headers().forEach(headers::add);
        came.getHeaders().getOrEmpty(HttpHeaders.HOST).forEach(host -> headers.add(HttpHeaders.HOST, host));
        headers.set(HttpHeaders.ACCEPT_ENCODING, "identity"); // what is compressed cannot be checked
        if (!call.trail().requestId().isEmpty()) {
            headers.set(Trail.REQUEST_ID, call.trail().requestId());
        }
        if (hasBody) {
            headers.setContentType(MediaType.APPLICATION_JSON);
            headers.setContentLength(body.length);
        }
    }

    /** When the body was first asked for, by {@link System#nanoTime}: from then on, something may have left. 0 before. */
    long asked() {
        return asked;
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.defer(() -> {
            if (asked == 0) {
                asked = System.nanoTime();
            }
            return body.length == 0 ? Flux.empty() : Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body));
        });
    }
}
