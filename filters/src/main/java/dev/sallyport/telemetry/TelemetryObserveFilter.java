package dev.sallyport.telemetry;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.LookupOutcome;
import dev.sallyport.telemetry.lookup.TelemetryEvents;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Looks the device up beside the call and never waits for it: the call leaves first, and its reply goes back whether or not
 * anything was found by then.
 */
public final class TelemetryObserveFilter implements Filter<ReadCall> {
    private final DeviceInquiry inquiry;
    private final TelemetryDecision decision;
    private final ResultHeaders results;
    private final DeviceBinding binding;
    private final TelemetryEvents events;
    private final Supplier<Scheduler> loop;

    /**
     * For one operation.
     *
     * @param loop the thread that a call belongs to; asked on it
     */
    public TelemetryObserveFilter(
            DeviceInquiry inquiry, DeviceBinding binding, FindingHandling handling, Supplier<Scheduler> loop) {
        this.inquiry = inquiry;
        this.binding = binding;
        this.decision = handling.decision();
        this.results = handling.results();
        this.events = handling.events();
        this.loop = loop;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        return Mono.defer(() -> {
            CompletableFuture<DeviceFinding> found = observed(call);
            return next.send(inquiry.carriedBy(call)).map(reply -> answered(reply, found));
        });
    }

    /** Begins when the thread is next free, which is after the call itself has left. */
    private CompletableFuture<DeviceFinding> observed(ReadCall call) {
        return Mono.defer(() -> inquiry.about(call))
                .onErrorResume(bug ->
                        Mono.just(DeviceFinding.of(LookupOutcome.UNAVAILABLE).because(bug)))
                .doOnNext(finding -> events.decided(
                        call.operation(), TelemetryMode.OBSERVE, finding, decision.refuses(finding.outcome())))
                .subscribeOn(loop.get())
                .toFuture();
    }

    private Reply answered(Reply reply, CompletableFuture<DeviceFinding> found) {
        @Nullable DeviceFinding finding = found.isCompletedExceptionally() ? null : found.getNow(null);
        if (finding == null) {
            var unused = found.thenAccept(late -> binding.reported(reply, late));
            return results.withoutAny(reply);
        }
        binding.reported(reply, finding);
        return results.toCaller(reply, finding);
    }

    @Override
    public String toString() {
        return "telemetry(observe from " + inquiry + ")";
    }
}
