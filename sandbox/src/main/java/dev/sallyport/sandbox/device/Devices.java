package dev.sallyport.sandbox.device;

import java.util.Optional;

/**
 * Finds the device behind a telemetry id. What the id contains steers what is found: {@code -unknown-} nothing,
 * {@code -block-} and {@code -challenge-} a device against which something speaks, {@code -new-} one that was never seen
 * before. Any other id, {@code -allow-} in it or not, is a familiar device. The same id is always the same device.
 */
public final class Devices {
    private Devices() {}

    /** Returns the device; empty if the provider would not know the telemetry id. */
    public static Optional<Device> find(String telemetryId) {
        if (telemetryId.isEmpty() || telemetryId.contains("-unknown-")) {
            return Optional.empty();
        }
        return Optional.of(new Device(telemetryId, advice(telemetryId), telemetryId.contains("-new-")));
    }

    private static Advice advice(String telemetryId) {
        if (telemetryId.contains("-block-")) {
            return Advice.BLOCK;
        }
        return telemetryId.contains("-challenge-") ? Advice.CHALLENGE : Advice.ALLOW;
    }
}
