package dev.sallyport.json.bytes;

/** Ends a reading of bytes: the document is not in order, or it takes the other reader to tell. It says nothing of what is wrong. */
public final class InDoubt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a message and without a trace, so that it costs little. */
    public InDoubt() {
        super(null, null, false, false);
    }
}
