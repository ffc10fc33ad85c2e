package dev.sallyport.telemetry;

import dev.sallyport.telemetry.lookup.TelemetryEvents;

/**
 * What is done with what was found of a device, the same for every operation.
 *
 * @param decision whether the call is refused for it
 * @param results tell it to the provider and the caller
 * @param events hear of it
 */
public record FindingHandling(TelemetryDecision decision, ResultHeaders results, TelemetryEvents events) {}
