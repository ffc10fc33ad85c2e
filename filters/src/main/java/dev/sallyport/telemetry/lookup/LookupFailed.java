package dev.sallyport.telemetry.lookup;

/** Why there is no verdict, or which one it was, for the log where nothing else was thrown. Says nothing of the device. */
public final class LookupFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public LookupFailed(String what) {
        this(what, 0);
    }

    private LookupFailed(String what, int status) {
        super(what, null, false, false);
        this.status = status;
    }

    /** The provider answered, with a status that is no verdict's. */
    public static LookupFailed with(int status) {
        return new LookupFailed("status " + status, status);
    }

    /** Whether the provider answered, and did not let this caller ask: of others it says nothing. */
    public boolean isRefused() {
        return status >= 400 && status < 500;
    }
}
