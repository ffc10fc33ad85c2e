package dev.sallyport.gateway.management.meters;

import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.gateway.log.Causes;
import dev.sallyport.gateway.log.FailureWatch;
import dev.sallyport.gateway.log.FailureWatch.Words;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.LookupFailed;
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
import java.util.function.LongSupplier;
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
    private static final Words WORDS = new Words(
            "A device could not be looked up", "Devices still cannot be looked up", "Devices are looked up again");
    /** A kind of failure by itself: a caller with wrong credentials must not look like a provider that fails. */
    private static final String REFUSED = "refused";

    private static final String OTHER = "other";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofMillis(500),
        Duration.ofSeconds(1), Duration.ofMillis(2500),
    };

    private final MeterRegistry registry;
    private final Set<String> knownReasons;
    private final Map<LookupOutcome, Timer> timers = new ConcurrentHashMap<>();
    private final FailureWatch failures;

    /**
     * Meters in a registry.
     *
     * @param knownReasons the only ones that are named
     * @param failures tells in the log that lookups fail; one for all settings that come one after the other
     */
    public TelemetryMeters(MeterRegistry registry, List<String> knownReasons, FailureWatch failures) {
        this.registry = registry;
        this.knownReasons = Set.copyOf(knownReasons);
        this.failures = failures;
    }

    /** One that has seen no lookup fail. */
    public static FailureWatch watch() {
        return watch(System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param nanoTime in nanoseconds
     */
    public static FailureWatch watch(LongSupplier nanoTime) {
        return new FailureWatch(LOG, WORDS, FailureWatch.QUIET, nanoTime);
    }

    @Override
    public void lookedUp(DeviceFinding finding, long nanos) {
        timers.computeIfAbsent(finding.outcome(), this::timer).record(nanos, TimeUnit.NANOSECONDS);
        if (finding.outcome().isVerdict() || finding.outcome() == LookupOutcome.NOT_FOUND) {
            failures.well();
        }
        for (String reason : finding.reasons()) {
            Counter.builder("sallyport.telemetry.reasons")
                    .description("Reasons that the provider gave with its verdicts on devices")
                    .tags("reason", named(reason))
                    .register(registry)
                    .increment();
        }
    }

    /** A call whose own time was over before the lookup's, or that did not ask, has no cause: it says nothing of lookups. */
    private void tellFailure(DeviceFinding finding) {
        @Nullable Throwable cause = finding.cause();
        if (cause != null) {
            String outcome = finding.outcome().label();
            boolean isRefused = finding.outcome() == LookupOutcome.UNAVAILABLE
                    && cause instanceof LookupFailed failed
                    && failed.isRefused();
            failures.failed(
                    isRefused ? REFUSED : outcome,
                    line -> line.addKeyValue("outcome", outcome).addKeyValue("cause", Causes.told(cause)));
        }
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
