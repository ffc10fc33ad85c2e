package dev.sallyport.config.telemetry;

import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Device telemetry.
 *
 * @param mode for operations that take a telemetry id; default forward
 * @param header the request header that carries the telemetry id; default {@code X-Telemetry-ID}
 * @param operations what differs, by operation id; flat, for the reason that {@link ContractSettings} gives
 * @param timeout for the whole of a lookup; default 300 ms
 * @param maxConnections for lookups, apart from those for calls; default 50
 * @param on what each outcome leads to in the mode enforce
 * @param cache verdicts that are used again
 * @param breaker when the provider's fingerprinting is left alone for a while
 * @param results who is told what was found
 * @param knownReasons the provider's reasons that metrics and the audit log name; all others are {@code other}
 */
public record TelemetrySettings(
        TelemetryMode mode,
        String header,
        Map<String, TelemetryMode> operations,
        Duration timeout,
        Integer maxConnections,
        TelemetryOnSettings on,
        TelemetryCacheSettings cache,
        TelemetryBreakerSettings breaker,
        TelemetryResultsSettings results,
        List<String> knownReasons) {
    private static final String KEY = "sallyport.telemetry.";
    private static final int MOST_REASONS = 50;
    private static final Pattern REASON = Pattern.compile("[A-Za-z0-9_]{1,64}");
    /** Those that the provider publishes. */
    private static final List<String> PUBLISHED = List.of(
            "HEADLESS_BROWSER_AUTOMATION",
            "USER_AGENT_DECEPTION",
            "VIRTUAL_MACHINE",
            "SMART_RATE_LIMIT_WARNING",
            "RULE_MATCH");

    public TelemetrySettings {
        mode = Require.orElse(mode, TelemetryMode.FORWARD);
        header = Require.fieldName(KEY + "header", Require.orElse(header, "X-Telemetry-ID"));
        if (TelemetryResultsSettings.isTaken(header)) {
            throw new InvalidSetting(KEY + "header", "a header that nothing else needs", header);
        }
        operations = Map.copyOf(Require.orElse(operations, Map.of()));
        timeout = Require.orElse(timeout, Duration.ofMillis(300));
        maxConnections = Require.orElse(maxConnections, 50);
        on = Require.orElse(on, TelemetryOnSettings.defaults());
        cache = Require.orElse(cache, TelemetryCacheSettings.defaults());
        breaker = Require.orElse(breaker, TelemetryBreakerSettings.defaults());
        results = Require.orElse(results, TelemetryResultsSettings.defaults());
        knownReasons = List.copyOf(Require.orElse(knownReasons, PUBLISHED));
        Require.between(KEY + "timeout", timeout, Duration.ofMillis(10), Duration.ofSeconds(30));
        Require.between(KEY + "max-connections", maxConnections, 1, 10_000);
        Require.between(KEY + "known-reasons", knownReasons.size(), 0, MOST_REASONS);
        for (String reason : knownReasons) {
            if (!REASON.matcher(reason).matches()) {
                throw new InvalidSetting(KEY + "known-reasons", "names of letters, digits and underscores", reason);
            }
        }
        for (String name : results.headers()) {
            if (name.equalsIgnoreCase(header)) {
                throw new InvalidSetting(KEY + "header", "another header than those of the results", header);
            }
        }
    }

    /** All defaults. */
    @SuppressWarnings("NullAway") // not given, as the binder says it
    public static TelemetrySettings defaults() {
        return new TelemetrySettings(null, null, null, null, null, null, null, null, null, null);
    }

    /**
     * The mode for an operation.
     *
     * @param takesId whether its requests have a place for a telemetry id; the general mode leaves others alone, because
     *     most of them are called by servers
     */
    public TelemetryMode of(String operation, boolean takesId) {
        return Require.orElse(operations.get(operation), takesId ? mode : TelemetryMode.OFF);
    }

    /** The operations that have a mode of their own; whether there are such, only the contract pack says. */
    public Set<String> operationIds() {
        return operations.keySet();
    }

    /** Whether any call is looked up. */
    public boolean looksUp() {
        return mode.looksUp() || operations.values().stream().anyMatch(TelemetryMode::looksUp);
    }
}
