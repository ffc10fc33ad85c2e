package dev.sallyport.gateway.provider.connection;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** What goes out: head, and body if there is one. Holds secrets and prints none. */
public final class Request {
    private final Target target;
    private final HttpMethod method;
    private final String path;
    private final HttpHeaders headers;
    private final byte @Nullable [] body;

    private Request(Target target, HttpMethod method, String path, byte @Nullable [] body) {
        this.target = target;
        this.method = method;
        this.path = path;
        this.body = body;
        this.headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(HttpHeaderNames.HOST, target.authority());
    }

    /**
     * A request without a body.
     *
     * @param path with its query
     */
    public static Request of(Target target, HttpMethod method, String path) {
        return new Request(target, method, path, null);
    }

    /**
     * A request with a body in JSON.
     *
     * @param path with its query
     * @param body handed over: not written to any more
     */
    public static Request of(Target target, HttpMethod method, String path, byte[] body) {
        var request = new Request(target, method, path, body);
        request.headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        request.headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return request;
    }

    /** To be added to. A name or value that would break a line throws. */
    public HttpHeaders headers() {
        return headers;
    }

    Target target() {
        return target;
    }

    /**
     * As Netty writes it. What writes it owns it.
     *
     * @param reuse whether the connection may carry another request
     */
    FullHttpRequest message(boolean reuse) {
        if (!reuse) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                method,
                path,
                body == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    @Override
    public String toString() {
        return method + " (" + (body == null ? 0 : body.length) + " bytes)";
    }
}
