package dev.sallyport.gateway.other;

import dev.sallyport.call.Call;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** A request as a route's filters see it: the fields that may go on, and the body that was read. */
final class CheckedRequest extends ServerHttpRequestDecorator {
    private final HttpHeaders headers = new HttpHeaders();
    private final byte[] body;
    private final DataBufferFactory buffers;

    CheckedRequest(ServerHttpRequest request, Call call, DataBufferFactory buffers) {
        super(request);
        call.headers().forEach(headers::add);
        this.body = call.body();
        this.buffers = buffers;
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    /** As often as it is asked for: a filter may have the call made again. */
    @Override
    public Flux<DataBuffer> getBody() {
        return body.length == 0 ? Flux.empty() : Flux.defer(() -> Flux.just(buffers.wrap(body)));
    }
}
