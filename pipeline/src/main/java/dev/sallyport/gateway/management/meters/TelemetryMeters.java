package dev.sallyport.gateway.management.meters;

import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.gateway.log.Causes;
import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.log.RepeatedLines;
import dev.sallyport.gateway.log.RepeatedLines.Bounds;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.LookupOutcome;
import dev.sallyport.telemetry.lookup.TelemetryEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lookups of devices as meters, and in the audit log. Neither a telemetry id nor a visitor id is in them, hashed or not: a
 * hash of an id tells one person from another as well as the id does. Thread-safe.
 */
public final class TelemetryMeters implements TelemetryEvents {
    private static final Logger AUDIT = LoggerFactory.getLogger("dev.sallyport.audit");
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.calls");
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final String OTHER = "other";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofMillis(500),
        Duration.ofSeconds(1), Duration.ofMillis(2500),
    };

    private final MeterRegistry registry;
    private final Set<String> knownReasons;
    private final Map<LookupOutcome, Timer> timers = new ConcurrentHashMap<>();
    private final RepeatedLines<LookupOutcome> failures;

    /**
     * Meters in a registry.
     *
     * @param knownReasons the only ones that are named
     * @param windows those of repeated lines
     */
    public TelemetryMeters(MeterRegistry registry, List<String> knownReasons, LineWindows windows) {
        this.registry = registry;
        this.knownReasons = Set.copyOf(knownReasons);
        this.failures = new RepeatedLines<>(
                new Bounds(1, WINDOW, LookupOutcome.values().length),
                LookupOutcome.UNAVAILABLE,
                windows,
                TelemetryMeters::summedUp);
    }

    @Override
    public void lookedUp(DeviceFinding finding, long nanos) {
        timers.computeIfAbsent(finding.outcome(), this::timer).record(nanos, TimeUnit.NANOSECONDS);
        for (String reason : finding.reasons()) {
            Counter.builder("sallyport.telemetry.reasons")
                    .description("Reasons that the provider gave with its verdicts on devices")
                    .tags("reason", named(reason))
                    .register(registry)
                    .increment();
        }
    }

    private void tellFailure(DeviceFinding finding) {
        @Nullable Throwable cause = finding.cause();
        if (cause != null && failures.isInFull(finding.outcome())) {
            LOG.atWarn()
                    .addKeyValue("outcome", finding.outcome().label())
                    .addKeyValue("cause", Causes.told(cause))
                    .log("A device could not be looked up");
        }
    }

    private static void summedUp(LookupOutcome outcome, String more) {
        LOG.atWarn().addKeyValue("outcome", outcome.label()).log("Devices could not be looked up: {}", more);
    }

    private Timer timer(LookupOutcome outcome) {
        return Timer.builder("sallyport.telemetry")
                .description("Lookups of devices by what came back, and the verdict")
                .tags("result", outcome.isVerdict() ? "found" : outcome.label())
                .tags("verdict", outcome.isVerdict() ? outcome.label() : "none")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public void found(Source source) {
        Counter.builder("sallyport.telemetry.shared")
                .description("Verdicts on devices by where they came from")
                .tags("source", source.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    /** An operation called by servers may have no device at all: that it has none is worth a line only if it is refused. */
    @Override
    public void decided(String operation, TelemetryMode mode, DeviceFinding finding, boolean refused) {
        String by = mode.name().toLowerCase(Locale.ROOT);
        String decision = refused ? "refuse" : "forward";
        Counter.builder("sallyport.telemetry.decisions")
                .description("Calls whose device was looked up, by what was found and what it led to")
                .tags("operation", operation, "mode", by)
                .tags("outcome", finding.outcome().label(), "decision", decision)
                .register(registry)
                .increment();
        tellFailure(finding);
        if (finding.outcome() == LookupOutcome.MISSING && !(refused && mode == TelemetryMode.ENFORCE)) {
            return;
        }
        AUDIT.atInfo()
                .addKeyValue("operation", operation)
                .addKeyValue("mode", by)
                .addKeyValue("outcome", finding.outcome().label())
                .addKeyValue("decision", decision)
                .addKeyValue(
                        "reasons",
                        finding.reasons().stream().map(this::named).distinct().toList())
                .log("Device looked up");
    }

    private String named(String reason) {
        return knownReasons.contains(reason) ? reason : OTHER;
    }
}
