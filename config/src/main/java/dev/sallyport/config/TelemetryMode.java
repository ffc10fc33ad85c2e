package dev.sallyport.config;

/** What is done with the telemetry id that a frontend sent along in a header. */
public enum TelemetryMode {
    /** Nothing. */
    OFF,
    /** It is put into the request, and the provider looks it up. */
    FORWARD
}
