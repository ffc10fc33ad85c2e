package dev.sallyport.gateway.edge;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.gateway.http.header.GatewayHeaders;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.gateway.log.WrittenRefusal;
import dev.sallyport.rejection.Rejection;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rejections as HTTP: JSON always, whatever {@code Accept} asks for, and nothing of the provider's in it. */
public final class RefusalWriter {
    private static final int UNAUTHORIZED = 401;

    private final Consumer<WrittenRefusal> written;

    /**
     * A way of writing refusals, the only one.
     *
     * @param written hears of each
     */
    public RefusalWriter(Consumer<WrittenRefusal> written) {
        this.written = written;
    }

    /**
     * The body.
     *
     * @param met the generation that the request met, whose contract pack says what a refusal looks like
     */
    public byte[] body(Refusal refusal, RefusedCall call, ServingSnapshot met) {
        RefusedCall named =
                call.requestId().isEmpty() ? call.named(met.renderer().newRequestId()) : call;
        byte[] body = met.renderer().body(refusal.rejection(), named.requestId());
        written.accept(new WrittenRefusal(refusal, named, met.words()));
        return body;
    }

    /** The header fields that go with a body. */
    public HttpHeaders headers(Rejection rejection, Headers request, int length) {
        var headers = new DefaultHttpHeaders()
                .set(HttpHeaderNames.CONTENT_TYPE, mediaType(request))
                .setInt(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(GatewayHeaders.REJECTION, rejection.reason().name());
        if (rejection.reason().status() == UNAUTHORIZED) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"sallyport\"");
        }
        if (rejection.retryAfter() != null) {
            headers.set(
                    HttpHeaderNames.RETRY_AFTER,
                    Long.toString(rejection.retryAfter().toSeconds()));
        }
        return headers;
    }

    /** A whole answer after which the connection is closed. */
    public FullHttpResponse closing(Rejection rejection, RefusedCall call, ServingSnapshot met) {
        byte[] body = body(new Refusal(rejection), call, met);
        var status = HttpResponseStatus.valueOf(rejection.reason().status());
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        response.headers()
                .add(headers(rejection, Headers.NONE, body.length))
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    private static String mediaType(Headers request) {
        @Nullable String accept = request.first("accept");
        boolean problem = accept != null && accept.toLowerCase(Locale.ROOT).contains("application/problem+json");
        return problem ? "application/problem+json" : "application/json";
    }
}
