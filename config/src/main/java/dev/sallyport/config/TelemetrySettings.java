package dev.sallyport.config;

import java.util.regex.Pattern;

/**
 * Device telemetry.
 *
 * @param mode default forward
 * @param header the request header that carries the telemetry id; default {@code X-Telemetry-ID}
 */
public record TelemetrySettings(TelemetryMode mode, String header) {
    /** A field name (RFC 9110, 5.1). */
    private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");

    public TelemetrySettings {
        mode = Require.orElse(mode, TelemetryMode.FORWARD);
        header = Require.orElse(header, "X-Telemetry-ID");
        if (!FIELD_NAME.matcher(header).matches()) {
            throw new InvalidSetting("sallyport.telemetry.header", "the name of an HTTP header", header);
        }
    }

    /** All defaults. */
    public static TelemetrySettings defaults() {
        return new TelemetrySettings(TelemetryMode.FORWARD, "X-Telemetry-ID");
    }
}
