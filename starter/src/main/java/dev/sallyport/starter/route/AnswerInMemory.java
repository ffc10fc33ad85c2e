package dev.sallyport.starter.route;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The response that the route's later filters write into, in place of the caller's: nothing of it gets to the caller before it was
 * checked. Holds so many bytes and no more.
 */
final class AnswerInMemory extends AbstractServerHttpResponse {
    private static final byte[] EMPTY = new byte[0];

    private final int limit;
    private volatile byte[] body = EMPTY;

    /**
     * An empty one.
     *
     * @param limit bytes of its body
     */
    AnswerInMemory(int limit) {
        super(DefaultDataBufferFactory.sharedInstance);
        this.limit = limit;
    }

    byte[] body() {
        return body;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as Spring declares it
    public <T> T getNativeResponse() {
        throw new IllegalStateException("no connection stands behind an answer that is still to be checked");
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> written) {
        return DataBufferUtils.join(written, limit)
                .doOnNext(whole -> body = BufferBytes.taken(whole))
                .then();
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> written) {
        return writeWithInternal(Flux.from(written).concatMap(part -> part));
    }

    @Override
    protected void applyStatusCode() {}

    @Override
    protected void applyHeaders() {}

    @Override
    protected void applyCookies() {
        getCookies()
                .values()
                .forEach(cookies -> cookies.forEach(cookie -> getHeaders().add("Set-Cookie", cookie.toString())));
    }
}
