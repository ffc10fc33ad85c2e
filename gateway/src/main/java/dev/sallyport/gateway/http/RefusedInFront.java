package dev.sallyport.gateway.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;

/**
 * Marks a connection whose latest request the guard refused after it had been passed on: that was its one answer, and what goes on
 * with the request finds its caller gone without having left. The connection ends with it.
 */
public final class RefusedInFront {
    private static final AttributeKey<Boolean> KEY = AttributeKey.valueOf("sallyport.refusedInFront");

    private RefusedInFront() {}

    static void mark(Channel connection) {
        connection.attr(KEY).set(true);
    }

    /** Whether that is how the latest request of a connection ended. */
    public static boolean is(Channel connection) {
        return Boolean.TRUE.equals(connection.attr(KEY).get());
    }
}
