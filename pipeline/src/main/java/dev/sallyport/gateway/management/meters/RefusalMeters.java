package dev.sallyport.gateway.management.meters;

import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.log.RefusalLog;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.gateway.log.WrittenRefusal;
import dev.sallyport.rejection.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Refusals that were written, at the edge or in a pipeline: counted by reason, and told in one line; those of calls that came to no
 * pipeline as calls, too. Thread-safe.
 */
public final class RefusalMeters implements Consumer<WrittenRefusal> {
    private final RefusalLog log;
    private final CallMeters calls;
    private final Map<Reason, Counter> refusals = new EnumMap<>(Reason.class);

    /**
     * Counters in a registry, there from the start.
     *
     * @param calls count the calls that their refusal has to count
     * @param windows those of repeated lines
     */
    public RefusalMeters(MeterRegistry registry, CallMeters calls, LineWindows windows) {
        this.log = new RefusalLog(windows);
        this.calls = calls;
        Stream.of(Reason.values()).forEach(reason -> refusals.put(reason, counter(registry, reason)));
    }

    private static Counter counter(MeterRegistry registry, Reason reason) {
        return Counter.builder("sallyport.refusals")
                .description("Refusals that the gateway wrote, by reason")
                .tags("reason", reason.name())
                .register(registry);
    }

    @Override
    public void accept(WrittenRefusal written) {
        Reason reason = written.refusal().rejection().reason();
        Objects.requireNonNull(refusals.get(reason)).increment();
        RefusedCall call = written.call();
        if (!call.isCounted()) {
            calls.refusedInFront(call.kind(), reason, System.nanoTime() - call.start());
        }
        log.accept(written);
    }
}
