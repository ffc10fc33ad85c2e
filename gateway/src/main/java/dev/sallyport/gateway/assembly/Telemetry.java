package dev.sallyport.gateway.assembly;

import dev.sallyport.call.Filter;
import dev.sallyport.config.TelemetryMode;
import dev.sallyport.config.TelemetrySettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.gateway.http.LoopScheduler;
import dev.sallyport.telemetry.DeviceBinding;
import dev.sallyport.telemetry.DeviceInquiry;
import dev.sallyport.telemetry.FingerprintLookup;
import dev.sallyport.telemetry.ResultHeaders;
import dev.sallyport.telemetry.TelemetryDecision;
import dev.sallyport.telemetry.TelemetryEnforceFilter;
import dev.sallyport.telemetry.TelemetryEvents;
import dev.sallyport.telemetry.TelemetryFilter;
import dev.sallyport.telemetry.TelemetryObserveFilter;
import java.util.Optional;

/** The telemetry filter of each operation; one lookup stands behind all of them. */
final class Telemetry {
    private final TelemetrySettings settings;
    private final FingerprintLookup lookup;
    private final TelemetryEvents events;
    private final ContractEvents contractEvents;
    private final TelemetryDecision decision;
    private final ResultHeaders results;

    Telemetry(
            TelemetrySettings settings,
            FingerprintLookup lookup,
            TelemetryEvents events,
            ContractEvents contractEvents) {
        this.settings = settings;
        this.lookup = lookup;
        this.events = events;
        this.contractEvents = contractEvents;
        this.decision = new TelemetryDecision(settings.on());
        this.results = new ResultHeaders(settings.results());
    }

    Optional<Filter> filter(Contract contract) {
        TelemetryMode mode =
                settings.of(contract.operation().id(), contract.telemetry().isPresent());
        return switch (mode) {
            case OFF -> Optional.empty();
            case FORWARD -> contract.telemetry().map(field -> new TelemetryFilter(settings.header(), field));
            case OBSERVE ->
                Optional.of(new TelemetryObserveFilter(
                        inquiry(contract), decision, results, binding(contract), events, new LoopScheduler()));
            case ENFORCE ->
                Optional.of(
                        new TelemetryEnforceFilter(inquiry(contract), decision, results, binding(contract), events));
        };
    }

    private DeviceInquiry inquiry(Contract contract) {
        return new DeviceInquiry(settings.header(), contract.telemetry().orElse(null), lookup);
    }

    private DeviceBinding binding(Contract contract) {
        return new DeviceBinding(
                contract.operation(), contract.device().orElse(null), settings.binding(), contractEvents);
    }
}
