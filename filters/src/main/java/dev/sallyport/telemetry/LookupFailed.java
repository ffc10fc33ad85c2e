package dev.sallyport.telemetry;

/** Why there is no verdict, or which one it was, for the log where nothing else was thrown. Says nothing of the device. */
final class LookupFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LookupFailed(String what) {
        super(what, null, false, false);
    }
}
