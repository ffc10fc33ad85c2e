package dev.sallyport.gateway.management.meters;

import dev.sallyport.call.Call;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.observe.CallEvents;
import dev.sallyport.rejection.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Other calls on one route, beside the meters of all calls. Thread-safe. */
final class RouteMeters implements CallEvents {
    private static final String NONE = "none";

    private final CallEvents all;
    private final MeterRegistry registry;
    private final String route;

    RouteMeters(CallEvents all, MeterRegistry registry, String route) {
        this.all = all;
        this.registry = registry;
        this.route = route;
    }

    @Override
    public void begun(Call call) {
        all.begun(call);
    }

    @Override
    public void answered(Call call, Reply reply, long start, long end) {
        all.answered(call, reply, start, end);
        if (reply instanceof Answer answer) {
            record(answer.isSuccess() ? "ok" : "provider_error", NONE, end - start);
        } else {
            refused(((Refusal) reply).rejection().reason(), end - start);
        }
    }

    @Override
    public void aborted(Call call, long nanos) {
        all.aborted(call, nanos);
        aborted(nanos);
    }

    @Override
    public void failed(Call call, Throwable bug, long nanos) {
        all.failed(call, bug, nanos);
        refused(Reason.INTERNAL, nanos);
    }

    void refused(Reason reason, long nanos) {
        record("refused", reason.name(), nanos);
    }

    void aborted(long nanos) {
        record("client_abort", NONE, nanos);
    }

    private void record(String outcome, String reason, long nanos) {
        Timer.builder("sallyport.other.calls")
                .description("Other calls by route, outcome and the reason of a refusal")
                .tags("route", route, "outcome", outcome, "reason", reason)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
