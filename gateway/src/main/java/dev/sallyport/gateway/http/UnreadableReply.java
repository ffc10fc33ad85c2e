package dev.sallyport.gateway.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Internal signal: the upstream of an own route sent what is no usable reply to its request. */
public final class UnreadableReply extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * A reply of which nothing is believed.
     *
     * @param problem what is wrong; never a value
     * @param cause what the decoder found, if it did
     */
    public UnreadableReply(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
