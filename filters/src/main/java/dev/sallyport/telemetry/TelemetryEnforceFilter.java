package dev.sallyport.telemetry;

import dev.sallyport.call.Filter;
import dev.sallyport.call.Phase;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.telemetry.TelemetryMode;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.TelemetryEvents;
import reactor.core.publisher.Mono;

/** Looks the device up first; what is found decides whether the provider gets the call. */
public final class TelemetryEnforceFilter implements Filter<ReadCall> {
    private final DeviceInquiry inquiry;
    private final TelemetryDecision decision;
    private final ResultHeaders results;
    private final DeviceBinding binding;
    private final TelemetryEvents events;

    /** For one operation. */
    public TelemetryEnforceFilter(DeviceInquiry inquiry, DeviceBinding binding, FindingHandling handling) {
        this.inquiry = inquiry;
        this.binding = binding;
        this.decision = handling.decision();
        this.results = handling.results();
        this.events = handling.events();
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        call.phases().enter(Phase.LOOKUP);
        return inquiry.inTimeAbout(call).flatMap(finding -> decided(call, finding, next));
    }

    private Mono<Reply> decided(ReadCall call, DeviceFinding finding, Upstream<ReadCall> next) {
        call.phases().enter(Phase.FIRST_DOOR);
        boolean refused = decision.refuses(finding.outcome());
        events.decided(call.operation(), TelemetryMode.ENFORCE, finding, refused);
        return refused
                ? Mono.just(new Refusal(decision.rejection(finding)))
                : next.send(results.toProvider(inquiry.carriedBy(call), finding))
                        .map(reply -> results.toCaller(binding.checked(call, reply, finding), finding));
    }

    @Override
    public String toString() {
        return "telemetry(enforce from " + inquiry + binding + ")";
    }
}
