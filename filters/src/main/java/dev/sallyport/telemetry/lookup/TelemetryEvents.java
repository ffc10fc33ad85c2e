package dev.sallyport.telemetry.lookup;

import dev.sallyport.config.telemetry.TelemetryMode;

/** Hears what was looked up and what came of it; metrics and the audit log. Must not block. */
public interface TelemetryEvents {
    /** Where a finding came from. */
    enum Source {
        /** The provider was asked. */
        ASKED,
        /** Another call was already asking the same. */
        JOINED,
        /** It was known. */
        CACHED
    }

    /** The provider was asked, or would have been but for the breaker. */
    void lookedUp(DeviceFinding finding, long nanos);

    /** Where the finding for one call comes from. */
    void found(Source source);

    /**
     * What became of one call.
     *
     * @param refused whether it was refused; in the mode observe, whether it would have been
     */
    void decided(String operation, TelemetryMode mode, DeviceFinding finding, boolean refused);
}
