package dev.sallyport.gateway.provider.egress;

import java.io.IOException;

/** A name leads to addresses alone that may not be connected to. Nothing was sent. */
public final class AddressRefused extends IOException {
    private static final long serialVersionUID = 1L;

    public AddressRefused() {
        super("none of its addresses is public");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
