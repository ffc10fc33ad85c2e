package dev.sallyport.gateway.body;

import io.netty.channel.ChannelException;

/** The body of a request did not arrive within {@code body-timeout}. */
public final class BodyTooSlow extends ChannelException {
    private static final long serialVersionUID = 1L;

    public BodyTooSlow() {
        super("the body did not arrive in time");
    }
}
