package dev.sallyport.gateway.assembly;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.config.Settings;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.config.telemetry.TelemetrySettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.ContractCatalog;
import dev.sallyport.contract.ContractEvents;
import dev.sallyport.contract.LookupContract;
import dev.sallyport.gateway.http.LoopScheduler;
import dev.sallyport.telemetry.DeviceBinding;
import dev.sallyport.telemetry.DeviceInquiry;
import dev.sallyport.telemetry.ResultHeaders;
import dev.sallyport.telemetry.TelemetryDecision;
import dev.sallyport.telemetry.TelemetryEnforceFilter;
import dev.sallyport.telemetry.TelemetryFilter;
import dev.sallyport.telemetry.TelemetryObserveFilter;
import dev.sallyport.telemetry.lookup.FingerprintLookup;
import dev.sallyport.telemetry.lookup.TelemetryEvents;
import java.util.Optional;

/** The telemetry filter of each operation; one lookup stands behind all of them. */
final class Telemetry {
    private final TelemetrySettings settings;
    private final ContractSettings contracts;
    private final String bindingRule;
    private final FingerprintLookup lookup;
    private final TelemetryEvents events;
    private final ContractEvents contractEvents;
    private final TelemetryDecision decision;
    private final ResultHeaders results;

    Telemetry(
            Settings settings,
            ContractCatalog catalog,
            FingerprintLookup lookup,
            TelemetryEvents events,
            ContractEvents contractEvents) {
        this.settings = settings.telemetry();
        this.contracts = settings.contracts();
        this.bindingRule =
                catalog.fingerprintLookup().map(LookupContract::binding).orElse("");
        this.lookup = lookup;
        this.events = events;
        this.contractEvents = contractEvents;
        this.decision = new TelemetryDecision(this.settings.on());
        this.results = new ResultHeaders(this.settings.results());
    }

    Optional<Filter<ReadCall>> filter(Contract contract) {
        return switch (mode(contract)) {
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

    private TelemetryMode mode(Contract contract) {
        return settings.of(contract.operation().id(), contract.telemetry().isPresent());
    }

    private DeviceInquiry inquiry(Contract contract) {
        return new DeviceInquiry(settings.header(), contract.telemetry().orElse(null), lookup);
    }

    private DeviceBinding binding(Contract contract) {
        return new DeviceBinding(
                contract.operation(),
                contract.device().orElse(null),
                bindingRule,
                bindingMode(contract),
                contractEvents);
    }

    /** Milder than other rules by default: a lookup and a session that cross may see the device change between them. */
    private ModeSettings bindingMode(Contract contract) {
        return contracts.rule(contract.operation().id(), bindingRule).orElse(ModeSettings.REPORTED);
    }
}
