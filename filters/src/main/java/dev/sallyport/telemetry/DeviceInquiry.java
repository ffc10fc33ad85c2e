package dev.sallyport.telemetry;

import dev.sallyport.call.ReadCall;
import dev.sallyport.contract.rule.Facts.Field;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.FingerprintLookup;
import dev.sallyport.telemetry.lookup.FingerprintLookup.Question;
import dev.sallyport.telemetry.lookup.LookupOutcome;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Asks about the device of a call, with the caller's own credentials. */
public final class DeviceInquiry {
    private final TelemetryIds ids;
    private final FingerprintLookup lookup;
    private final LookupTime time;

    /**
     * How long a lookup takes at most, and what keeps the time of a call that has less.
     *
     * @param timer asked on the thread of the call
     */
    public record LookupTime(Duration timeout, Supplier<Scheduler> timer) {}

    /**
     * For one operation.
     *
     * @param header the header that carries the telemetry id
     * @param field where the body has it; null if the operation takes none, so that only the header can have it
     */
    public DeviceInquiry(String header, @Nullable Field field, FingerprintLookup lookup, LookupTime time) {
        this.ids = new TelemetryIds(header, field);
        this.lookup = lookup;
        this.time = time;
    }

    /**
     * What is found in the time that the call has left. The lookup goes on if that is too short for it: other calls may wait for it
     * as well.
     */
    Mono<DeviceFinding> inTimeAbout(ReadCall call) {
        long left = call.deadline().cut(Long.MAX_VALUE, System.nanoTime());
        Mono<DeviceFinding> found = about(call);
        return left >= time.timeout().toNanos()
                ? found
                : found.timeout(
                        Duration.ofNanos(left),
                        Mono.just(DeviceFinding.of(LookupOutcome.TIMEOUT)),
                        time.timer().get());
    }

    /** What is found; never an error. A caller without credentials cannot ask, and the provider would not let it in. */
    public Mono<DeviceFinding> about(ReadCall call) {
        @Nullable String id = ids.in(call);
        if (id == null) {
            return Mono.just(DeviceFinding.of(LookupOutcome.MISSING));
        }
        @Nullable String authorization = call.headers().first("authorization");
        return authorization == null
                ? Mono.just(DeviceFinding.of(LookupOutcome.UNAVAILABLE))
                : lookup.find(new Question(id, authorization, call.span()));
    }

    /** The call as the provider is to get it. */
    public ReadCall carriedBy(ReadCall call) {
        return ids.carriedBy(call);
    }

    @Override
    public String toString() {
        return ids.toString();
    }
}
