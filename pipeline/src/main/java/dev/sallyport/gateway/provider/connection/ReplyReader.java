package dev.sallyport.gateway.provider.connection;

import dev.sallyport.call.Reply.Timing;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes something of a reply, on the connection's event loop and before the connection is used again. What it throws ends the
 * exchange, and the connection.
 *
 * @param <T> what it makes
 */
public interface ReplyReader<T> {
    /** What the head alone decides, so that the body need not be read and the connection is closed; null if it is wanted. */
    default @Nullable T ofHead(int status, HttpHeaders headers) {
        return null;
    }

    /**
     * What the whole reply is.
     *
     * @param body handed over
     */
    T ofWhole(int status, HttpHeaders headers, byte[] body, Timing timing);

    /**
     * Whether what was read leaves its own form in doubt: where it seems to end is then not where it ends, or what follows
     * belongs to it.
     */
    boolean isInDoubt(T reply);
}
