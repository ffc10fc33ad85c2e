package dev.sallyport.gateway.management.meters;

import dev.sallyport.call.Call;
import dev.sallyport.call.CallSpan;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.observe.CallEvents;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Reason.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls as meters: how they ended, whose fault it was, and where the time went; those too that came to no pipeline.
 * Thread-safe.
 */
public final class CallMeters implements CallEvents {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(50_000), Duration.ofNanos(100_000), Duration.ofNanos(250_000), Duration.ofNanos(500_000),
        Duration.ofMillis(1), Duration.ofNanos(2_500_000), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5),
    };

    private final MeterRegistry registry;
    private final Exemplars exemplars;
    private final ConcurrentMap<String, OperationMeters> operations = new ConcurrentHashMap<>();
    private final Timer firstDoor;
    private final Timer secondDoor;

    /** Meters in a registry; those of an operation are made with its first call. */
    public CallMeters(MeterRegistry registry) {
        this(registry, new Exemplars());
    }

    /**
     * Meters in a registry; those of an operation are made with its first call.
     *
     * @param exemplars knows whose call is being recorded
     */
    public CallMeters(MeterRegistry registry, Exemplars exemplars) {
        this.registry = registry;
        this.exemplars = exemplars;
        this.firstDoor = door("first");
        this.secondDoor = door("second");
    }

    /** Other calls on a route. */
    public CallEvents on(String route) {
        return new RouteMeters(this, registry, route);
    }

    private Timer door(String door) {
        return Timer.builder("sallyport.door")
                .description("The gateway's own time before the provider (first) and after it (second)")
                .tags("door", door)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public void begun(Call call) {
        of(call).begun();
    }

    @Override
    public void answered(Call call, Reply reply, long start, long end) {
        CallSpan span = call.trail().span();
        if (span.isRecorded()) {
            exemplars.begin(span);
            try {
                record(call, reply, start, end);
            } finally {
                exemplars.end();
            }
        } else {
            record(call, reply, start, end);
        }
    }

    private void record(Call call, Reply reply, long start, long end) {
        OperationMeters meters = of(call);
        if (reply instanceof Answer answer) {
            meters.answered(StatusClass.of(answer.status()), end - start);
        } else {
            meters.refused(((Refusal) reply).rejection().reason(), end - start);
        }
        times(meters, reply, start, end);
    }

    /** Where there was no exchange with the provider, only a call that the caller spoilt says how long the first door took. */
    private void times(OperationMeters meters, Reply reply, long start, long end) {
        Timing timing = reply.timing();
        if (timing.sent() != 0) {
            firstDoor.record(timing.sent() - start, TimeUnit.NANOSECONDS);
            meters.providerTook(status(reply), timing.nanos());
            secondDoor.record(end - timing.answered(), TimeUnit.NANOSECONDS);
        } else if (reply instanceof Refusal refusal
                && refusal.rejection().reason().fault() == Fault.CALLER) {
            firstDoor.record(end - start, TimeUnit.NANOSECONDS);
        }
    }

    private static StatusClass status(Reply reply) {
        @Nullable Answer answer = reply instanceof Answer given ? given : ((Refusal) reply).refused();
        return answer == null ? StatusClass.NONE : StatusClass.of(answer.status());
    }

    @Override
    public void aborted(Call call, long nanos) {
        of(call).aborted(nanos);
    }

    @Override
    public void failed(Call call, Throwable bug, long nanos) {
        of(call).refused(Reason.INTERNAL, nanos);
    }

    /** A call was refused before it came to a pipeline. */
    public void refusedInFront(CallKind kind, Reason reason, long nanos) {
        of(kind.operation()).refusedInFront(reason, nanos);
        if (kind.isOther()) {
            new RouteMeters(this, registry, kind.route()).refused(reason, nanos);
        }
    }

    /** The caller went away before its call came to a pipeline. */
    public void abortedInFront(CallKind kind, long nanos) {
        of(kind.operation()).abortedInFront(nanos);
        if (kind.isOther()) {
            new RouteMeters(this, registry, kind.route()).aborted(nanos);
        }
    }

    private OperationMeters of(Call call) {
        return of(call.operation());
    }

    private OperationMeters of(String operation) {
        @Nullable OperationMeters known = operations.get(operation);
        return known == null
                ? operations.computeIfAbsent(operation, fresh -> new OperationMeters(registry, fresh))
                : known;
    }
}
