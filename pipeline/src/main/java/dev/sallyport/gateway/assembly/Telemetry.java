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
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.telemetry.DeviceBinding;
import dev.sallyport.telemetry.DeviceInquiry;
import dev.sallyport.telemetry.DeviceInquiry.LookupTime;
import dev.sallyport.telemetry.FindingHandling;
import dev.sallyport.telemetry.ResultHeaders;
import dev.sallyport.telemetry.TelemetryDecision;
import dev.sallyport.telemetry.TelemetryEnforceFilter;
import dev.sallyport.telemetry.TelemetryFilter;
import dev.sallyport.telemetry.TelemetryObserveFilter;
import dev.sallyport.telemetry.lookup.FingerprintLookup;
import java.util.Optional;

/** The telemetry filter of each operation; one lookup stands behind all of them. */
final class Telemetry {
    private final TelemetrySettings settings;
    private final ContractSettings contracts;
    private final String bindingRule;
    private final FingerprintLookup lookup;
    private final ContractEvents contractEvents;
    private final FindingHandling handling;

    Telemetry(Settings settings, ContractCatalog catalog, FingerprintLookup lookup, Monitoring monitoring) {
        this.settings = settings.telemetry();
        this.contracts = settings.contracts();
        this.bindingRule =
                catalog.fingerprintLookup().map(LookupContract::binding).orElse("");
        this.lookup = lookup;
        this.contractEvents = monitoring.observers().events();
        this.handling = new FindingHandling(
                new TelemetryDecision(this.settings.on()),
                new ResultHeaders(this.settings.results()),
                monitoring.telemetry(settings));
    }

    Optional<Filter<ReadCall>> filter(Contract contract) {
        return switch (mode(contract)) {
            case OFF -> Optional.empty();
            case FORWARD -> contract.telemetry().map(field -> new TelemetryFilter(settings.header(), field));
            case OBSERVE ->
                Optional.of(new TelemetryObserveFilter(
                        inquiry(contract), binding(contract), handling, new LoopScheduler()));
            case ENFORCE -> Optional.of(new TelemetryEnforceFilter(inquiry(contract), binding(contract), handling));
        };
    }

    private TelemetryMode mode(Contract contract) {
        return settings.of(contract.operation().id(), contract.telemetry().isPresent());
    }

    private DeviceInquiry inquiry(Contract contract) {
        var time = new LookupTime(settings.timeout(), new LoopScheduler());
        return new DeviceInquiry(settings.header(), contract.telemetry().orElse(null), lookup, time);
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
