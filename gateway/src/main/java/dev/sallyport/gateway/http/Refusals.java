package dev.sallyport.gateway.http;

import dev.sallyport.call.Headers;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.RejectionRenderer;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rejections as HTTP: JSON always, whatever {@code Accept} asks for, and nothing of the provider's in it. */
final class Refusals {
    static final String HEADER = "Sallyport-Rejection";

    private final Supplier<RejectionRenderer> renderer;
    private final Consumer<Reason> written;

    /**
     * A way of writing refusals, the only one.
     *
     * @param renderer of the contracts that are served
     * @param written hears of each
     */
    Refusals(Supplier<RejectionRenderer> renderer, Consumer<Reason> written) {
        this.renderer = renderer;
        this.written = written;
    }

    byte[] body(Rejection rejection) {
        written.accept(rejection.reason());
        return renderer.get().body(rejection);
    }

    /** The header fields that go with a body. */
    HttpHeaders headers(Rejection rejection, Headers request, int length) {
        var headers = new DefaultHttpHeaders()
                .set(HttpHeaderNames.CONTENT_TYPE, mediaType(request))
                .setInt(HttpHeaderNames.CONTENT_LENGTH, length)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HEADER, rejection.reason().name());
        if (rejection.retryAfter() != null) {
            headers.set(
                    HttpHeaderNames.RETRY_AFTER,
                    Long.toString(rejection.retryAfter().toSeconds()));
        }
        return headers;
    }

    /** A whole answer after which the connection is closed. */
    FullHttpResponse closing(Rejection rejection) {
        byte[] body = body(rejection);
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
