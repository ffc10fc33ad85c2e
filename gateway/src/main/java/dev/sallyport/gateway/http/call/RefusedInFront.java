package dev.sallyport.gateway.http.call;

import dev.sallyport.call.Reply.Refusal;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Marks a connection whose latest request the guard refused after it had been passed on: that was its one answer, and what goes on
 * with the request finds its caller gone without having left. The connection ends with it.
 *
 * @param requestId that its caller was told
 */
public record RefusedInFront(String requestId, Refusal refusal) {
    private static final AttributeKey<RefusedInFront> KEY = AttributeKey.valueOf("sallyport.refusedInFront");

    /** Marks a connection. */
    public void mark(Channel connection) {
        connection.attr(KEY).set(this);
    }

    /** How the latest request of a connection ended; null if that is not how. */
    public static @Nullable RefusedInFront of(Channel connection) {
        return connection.attr(KEY).get();
    }
}
