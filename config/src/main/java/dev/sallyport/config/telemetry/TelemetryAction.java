package dev.sallyport.config.telemetry;

/** What a lookup's outcome leads to. */
public enum TelemetryAction {
    /** The call goes on. */
    FORWARD,
    /** The call is refused. */
    REFUSE
}
