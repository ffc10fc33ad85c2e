package dev.sallyport.gateway.provider.connection;

import java.io.IOException;

/** No connection could be had from a pool. Nothing was sent. */
public final class NoConnection extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean isBusy;

    private NoConnection(String message, boolean isBusy) {
        super(message);
        this.isBusy = isBusy;
    }

    static NoConnection inTime() {
        return new NoConnection("no connection became free in time", true);
    }

    /** The call's time was over while a name was resolved, an address tried, or TLS spoken. */
    static NoConnection madeInTime() {
        return new NoConnection("no connection was made within the call's time", false);
    }

    static NoConnection tooManyWait() {
        return new NoConnection("too many calls wait for a connection already", true);
    }

    static NoConnection ending() {
        return new NoConnection("connections are no longer made: the gateway ends", false);
    }

    /** Whether all connections are in use, which may be over in a moment. */
    public boolean isBusy() {
        return isBusy;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
