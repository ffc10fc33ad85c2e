package dev.sallyport.gateway.http.connection;

import dev.sallyport.gateway.http.connection.ConnectionEvents.Cut;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An answer of which a part was not written. If the connection is there, and its TLS, the gateway could not: without memory, for
 * one. Netty tells the writer, and leaves the connection as it is, on which the caller would wait for the rest, or take the next
 * answer for it; so it is reset. Told once for a connection, on its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // promises carry their outcome to the writer
public final class LostAnswer {
    private final UnreadAnswer unread;
    private final ConnectionEvents events;

    private boolean isTold;

    /** Of one connection, or one stream. */
    public LostAnswer(UnreadAnswer unread, ConnectionEvents events) {
        this.unread = unread;
        this.events = events;
    }

    /** One of the parts is being written. */
    public void watch(ChannelHandlerContext here, ChannelPromise part) {
        part.addListener(written -> noteIfLost(here, written.cause()));
    }

    /** With a cause, an answer, or a part of it, was not written. */
    public void noteIfLost(ChannelHandlerContext here, @Nullable Throwable cause) {
        if (cause == null || unread.wasCut() || isTold) {
            return;
        }
        isTold = true;
        boolean isThere = here.channel().isActive();
        if (isThere && !(cause instanceof IOException)) { // the end of TLS fails writes as well
            events.answerFailed(cause);
        } else {
            events.cut(Cut.CALLER_GONE);
        }
        if (isThere) {
            UnreadAnswer.reset(here);
        }
    }
}
