package dev.sallyport.gateway.http.connection;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;

/**
 * The header fields of a request as they are decoded, of which one may say how long its body is. Of several in a request of HTTP/1.0
 * Netty takes the first and forgets the others, where another parser may take the last.
 */
final class RequestFields extends DefaultHttpHeaders {
    static final HttpHeadersFactory FACTORY = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return new RequestFields();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return new RequestFields();
        }
    };

    private RequestFields() {}

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        if (name.length() == HttpHeaderNames.CONTENT_LENGTH.length()
                && HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
                && contains(HttpHeaderNames.CONTENT_LENGTH)) {
            throw new IllegalArgumentException("there is one Content-Length");
        }
        return super.add(name, value);
    }
}
