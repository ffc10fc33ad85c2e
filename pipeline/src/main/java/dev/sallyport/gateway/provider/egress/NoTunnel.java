package dev.sallyport.gateway.provider.egress;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The proxy made no connection. Nothing was sent but the host's name. */
public final class NoTunnel extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * No word of the proxy's is in it.
     *
     * @param cause what was thrown; null if nothing was
     */
    public NoTunnel(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
