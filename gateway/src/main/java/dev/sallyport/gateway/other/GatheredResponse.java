package dev.sallyport.gateway.other;

import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Timing;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a route's filters write to: kept whole, with a cap, until all of them are done with it. */
final class GatheredResponse extends AbstractServerHttpResponse {
    private static final byte[] NOTHING = new byte[0];
    private static final int OK = 200;

    private final int cap;
    private byte[] body = NOTHING;

    /** @param cap bytes of the body */
    GatheredResponse(DataBufferFactory buffers, int cap) {
        super(buffers);
        this.cap = cap;
    }

    /** What was written, by all who did. */
    Answer answer(Timing timing) {
        @Nullable HttpStatusCode status = getStatusCode();
        return new Answer(
                status == null ? OK : status.value(), new SpringHeaders(getHeaders()), body, timing, Document.NONE);
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> written) {
        return Bodies.whole(Flux.from(written), cap)
                .doOnNext(whole -> body = whole)
                .then();
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> written) {
        return writeWithInternal(Flux.from(written).concatMap(each -> each));
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as Spring has it
    public <T> T getNativeResponse() {
        throw new UnsupportedOperationException("what is written here is looked at first");
    }

    @Override
    protected void applyStatusCode() {}

    @Override
    protected void applyHeaders() {}

    /** Cookies are header fields here. */
    @Override
    protected void applyCookies() {
        getCookies()
                .values()
                .forEach(cookies ->
                        cookies.forEach(cookie -> getHeaders().add(HttpHeaders.SET_COOKIE, cookie.toString())));
    }
}
