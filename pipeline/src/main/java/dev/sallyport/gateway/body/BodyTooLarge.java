package dev.sallyport.gateway.body;

/** Internal signal: more bytes came than are taken. */
public final class BodyTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a stack: a signal, not a fault. */
    public BodyTooLarge() {
        super("more bytes than are taken", null, false, false);
    }
}
