package dev.sallyport.telemetry.lookup;

/** Why there is no verdict, or which one it was, for the log where nothing else was thrown. Says nothing of the device. */
public final class LookupFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LookupFailed(String what) {
        super(what, null, false, false);
    }
}
