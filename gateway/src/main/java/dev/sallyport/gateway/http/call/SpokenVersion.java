package dev.sallyport.gateway.http.call;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2StreamChannel;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** Which version of HTTP a call came by. */
public final class SpokenVersion {
    private SpokenVersion() {}

    /** Of a request in Reactor Netty's hands. */
    public static String of(HttpServerRequest request) {
        return of(((Connection) request).channel(), request.version());
    }

    /**
     * Such as {@code 1.1} or {@code 2}.
     *
     * @param said by the head of the request: of a stream of HTTP/2 it was made one of HTTP/1.1
     */
    public static String of(Channel channel, HttpVersion said) {
        if (channel instanceof Http2StreamChannel) {
            return "2";
        }
        return said.equals(HttpVersion.HTTP_1_1) ? "1.1" : said.majorVersion() + "." + said.minorVersion();
    }
}
