package dev.sallyport.gateway.assembly;

import dev.sallyport.config.Settings;
import dev.sallyport.gateway.capture.Captures;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.management.meters.GatewayMeters;
import dev.sallyport.gateway.management.meters.TelemetryMeters;
import io.micrometer.core.instrument.MeterRegistry;

/** What watches calls and has no say in them: meters, contract observers, captured calls. */
public record Monitoring(
        MeterRegistry registry,
        LineWindows windows,
        GatewayMeters meters,
        ContractObservers observers,
        Captures captures) {
    /** Meters of lookups, which know the reasons that settings name. */
    TelemetryMeters telemetry(Settings settings) {
        return new TelemetryMeters(registry, settings.telemetry().knownReasons(), meters.lookups());
    }
}
