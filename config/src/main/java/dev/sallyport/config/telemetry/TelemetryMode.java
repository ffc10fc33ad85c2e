package dev.sallyport.config.telemetry;

/** What is done about the device that a call comes from. Each mode does what the one before it does, and more. */
public enum TelemetryMode {
    /** Nothing. */
    OFF,
    /** The telemetry id of a header is put into the request, and the provider looks it up. */
    FORWARD,
    /** The gateway looks it up as well, beside the call: counted and logged, never waited for. */
    OBSERVE,
    /** The gateway looks it up first, and what it finds decides. */
    ENFORCE;

    /** Whether the gateway asks the provider's fingerprinting itself. */
    public boolean looksUp() {
        return this == OBSERVE || this == ENFORCE;
    }
}
