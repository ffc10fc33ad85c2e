package dev.sallyport.gateway.management.meters;

import dev.sallyport.rejection.Reason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The meters of one operation's calls, each made when it is first needed and then kept: recording makes no keys. */
final class OperationMeters {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5),
        Duration.ofSeconds(10), Duration.ofSeconds(30),
    };

    private final MeterRegistry registry;
    private final String operation;
    private final LongAdder inFlight = new LongAdder();
    private final Map<StatusClass, Timer> answered = new ConcurrentHashMap<>();
    private final Map<Reason, Timer> refused = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Timer> aborted = new AtomicReference<>();
    private final Map<StatusClass, Timer> provider = new ConcurrentHashMap<>();

    OperationMeters(MeterRegistry registry, String operation) {
        this.registry = registry;
        this.operation = operation;
        Gauge.builder("sallyport.calls.in.flight", inFlight, LongAdder::sum)
                .description("Calls that have begun and have no outcome yet")
                .tags("operation", operation)
                .register(registry);
    }

    void begun() {
        inFlight.increment();
    }

    void answered(StatusClass status, long nanos) {
        end(timer(answered, status, this::answers), nanos);
    }

    void refused(Reason reason, long nanos) {
        end(timer(refused, reason, this::refusals), nanos);
    }

    void aborted(long nanos) {
        inFlight.decrement();
        abortedInFront(nanos);
    }

    /** It had not begun. */
    void refusedInFront(Reason reason, long nanos) {
        timer(refused, reason, this::refusals).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** It had not begun. */
    void abortedInFront(long nanos) {
        @Nullable Timer known = aborted.get();
        if (known == null) {
            known = calls("client_abort", "none", StatusClass.NONE.label(), "caller");
            aborted.set(known);
        }
        known.record(nanos, TimeUnit.NANOSECONDS);
    }

    void providerTook(StatusClass status, long nanos) {
        timer(provider, status, this::replies).record(nanos, TimeUnit.NANOSECONDS);
    }

    private void end(Timer timer, long nanos) {
        inFlight.decrement();
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private static <K> Timer timer(Map<K, Timer> timers, K key, java.util.function.Function<K, Timer> made) {
        @Nullable Timer known = timers.get(key);
        return known == null ? timers.computeIfAbsent(key, made) : known;
    }

    private Timer answers(StatusClass status) {
        String outcome = status == StatusClass.SUCCESS ? "ok" : "provider_error";
        return calls(outcome, "none", status.label(), status.fault());
    }

    private Timer refusals(Reason reason) {
        String fault = reason.fault().name().toLowerCase(Locale.ROOT);
        return calls("refused", reason.name(), StatusClass.of(reason.status()).label(), fault);
    }

    private Timer calls(String outcome, String reason, String status, String fault) {
        return Timer.builder("sallyport.calls")
                .description("Calls by operation, outcome, the reason of a refusal, status and whose fault it is")
                .tags("operation", operation, "outcome", outcome, "reason", reason, "status", status, "fault", fault)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Timer replies(StatusClass status) {
        return Timer.builder("sallyport.provider")
                .description("The provider's time for a call, from its leaving to the last byte of the reply")
                .tags("operation", operation, "status", status.label())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
