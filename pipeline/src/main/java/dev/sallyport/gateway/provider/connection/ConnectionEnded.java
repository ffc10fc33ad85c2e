package dev.sallyport.gateway.provider.connection;

import java.io.IOException;

/** The other side closed a connection while a reply was due. Without a stack: a fact, not a fault of ours. */
final class ConnectionEnded extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionEnded() {
        super("the connection was closed before the reply was whole");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
