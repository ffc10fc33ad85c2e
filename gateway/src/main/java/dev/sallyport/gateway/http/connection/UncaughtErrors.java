package dev.sallyport.gateway.http.connection;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import reactor.netty.channel.AbortedException;

/**
 * Last but Reactor Netty's bridge to requests, which closes a connection on an error that no request takes: tells of those that
 * are bugs. What callers and networks do is none; after a reset the connection is closed, so that what waits for an answer ends.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // a close has no outcome to act on
public final class UncaughtErrors extends ChannelInboundHandlerAdapter {
    private final ConnectionEvents events;

    /** For any number of connections. */
    public UncaughtErrors(ConnectionEvents events) {
        this.events = events;
    }

    /** Whether this is how a connection ends: a reset, broken TLS, a time that is over. */
    public static boolean areOfTheConnection(Throwable error) {
        return error instanceof IOException
                || error instanceof AbortedException
                || error instanceof CodecException
                || error instanceof Http2Exception
                || error instanceof ChannelException;
    }

    /** Tells of a bug; of nothing else. */
    public void tell(Throwable error) {
        if (!areOfTheConnection(error)) {
            events.answerFailed(error);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
        tell(error);
        context.fireExceptionCaught(error);
        // A request whose body was read hears of a reset by the end of its connection alone.
        if (error instanceof IOException) {
            context.close();
        }
    }
}
