package dev.sallyport.gateway.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The moment that a caller has to read the last answer, in which our side is ended and what still comes is read and forgotten:
 * bytes that are never read would make the kernel answer with a reset, and that takes the answer from a caller who has not read it
 * yet (RFC 9112, 9.6). On the connection's event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close has no outcome to act on
final class Linger {
    /** Long enough for an answer to cross the world; short, since the connection counts as open. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final ConnectionCodec codec;

    private boolean isOn;
    private @Nullable Future<?> timer;

    Linger(ConnectionCodec codec) {
        this.codec = codec;
    }

    boolean isOn() {
        return isOn;
    }

    void begin(ChannelHandlerContext here) {
        isOn = true;
        codec.discardAll();
        timer = here.executor().schedule(() -> here.close(), MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        SslHandler tls = here.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (here.channel() instanceof DuplexChannel channel) {
            channel.shutdownOutput();
        }
        here.read();
    }

    /** The connection is gone. */
    void end() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
