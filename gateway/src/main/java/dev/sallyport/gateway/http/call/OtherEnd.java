package dev.sallyport.gateway.http.call;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a caller's connection, the same for all of its calls.
 *
 * @param address empty if it has none
 * @param certificate the client's, which TLS found to be trusted; null if it showed none
 */
record OtherEnd(String address, @Nullable X509Certificate certificate) {
    /** Of a connection, or of the one that a stream of HTTP/2 is on. */
    static OtherEnd of(Channel channel) {
        Channel connection = channel instanceof Http2StreamChannel ? channel.parent() : channel;
        return new OtherEnd(CallerAddress.of(connection.remoteAddress()), certificate(connection));
    }

    private static @Nullable X509Certificate certificate(Channel channel) {
        @Nullable SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null || (!tls.engine().getNeedClientAuth() && !tls.engine().getWantClientAuth())) {
            return null;
        }
        try {
            return tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate client ? client : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "other end";
    }
}
