package dev.sallyport.gateway.http.call;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Identification;
import dev.sallyport.call.Phase;
import dev.sallyport.call.PhaseClock;
import dev.sallyport.call.ProvenCaller;
import dev.sallyport.call.Trail;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.gateway.http.header.GatewayHeaders;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.FinishedCall;
import dev.sallyport.gateway.log.FinishedCall.Ending;
import dev.sallyport.gateway.log.FinishedCall.From;
import dev.sallyport.gateway.log.RefusedCall;
import dev.sallyport.gateway.trace.CallSpans.CameIn;
import dev.sallyport.gateway.trace.SpanEnding;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one call beside its answer, and to whom. Its time is taken only if it will be told.
 *
 * @param ofCall what goes with the call through its pipeline
 * @param reports what is told
 * @param served what the call met
 * @param start when its head came, by {@link System#nanoTime}
 * @param isTold whether its caller is told where its time went
 */
public record CallTrail(
        Trail ofCall, CallReports reports, @Nullable ServingSnapshot served, long start, boolean isTold) {
    /** Of a call that nothing is known of so far. */
    static final CallTrail NONE = new CallTrail(Trail.NONE, CallReports.NONE, null, 0, false);

    /** Of a call whose head came then. */
    public static CallTrail of(
            CallReports reports, ServingSnapshot served, Headers headers, String address, long start) {
        boolean isTold = reports.timing() && served.fields().trusted().contains(address);
        return of(reports, served, served.requestId(headers, address), start, isTold);
    }

    /** Of a request that is refused before anything in its head is believed. */
    public static CallTrail unread(CallReports reports, ServingSnapshot served, long start) {
        return of(reports, served, served.renderer().newRequestId(), start, false);
    }

    private static CallTrail of(CallReports reports, ServingSnapshot served, String id, long start, boolean isTold) {
        boolean isTimed = isTold || reports.access().isOn();
        var phases = isTimed ? PhaseClock.started(System::nanoTime, start) : PhaseClock.OFF;
        return new CallTrail(new Trail(id, phases), reports, served, start, isTold);
    }

    /** Whether calls are traced. */
    public boolean isTraced() {
        return reports.spans().isOn();
    }

    /** The same, and its trace begins. */
    public CallTrail traced(CameIn call) {
        var traced =
                new Trail(ofCall.requestId(), ofCall.phases(), reports.spans().begin(call));
        return new CallTrail(traced, reports, served, start, isTold);
    }

    /** Whether anything is told of it when it is over. */
    boolean isReported() {
        return isLogged() || ofCall.span().isRecorded();
    }

    /** Whether it has a line of its own in the log. */
    boolean isLogged() {
        return ofCall.phases().isOn() && reports.access().isOn();
    }

    /**
     * What is known of the call when it is refused.
     *
     * @param isCounted whether something else counts it as a call
     */
    public RefusedCall refused(CallKind kind, Headers headers, boolean isCounted) {
        return new RefusedCall(kind, headers, start, ofCall.requestId(), isCounted);
    }

    /** What comes now belongs to another phase. */
    public void enter(Phase phase) {
        ofCall.phases().enter(phase);
    }

    /**
     * Tells its caller, if that is to be told.
     *
     * @param answer sets a header field of the answer
     */
    public void tell(BiConsumer<String, String> answer) {
        if (isTold) {
            answer.accept(GatewayHeaders.SERVER_TIMING, ServerTiming.of(ofCall.phases()));
        }
    }

    /** It is over, and nothing is known of its caller: writes its line. */
    public void over(CallKind kind, Ending ending, String version) {
        over(kind, null, new Identification(null), ending, version);
    }

    /** It was answered in front of what would have answered it, and has its line: ends its trace, under the id that its caller was told. */
    public void answeredInFront(CallKind kind, RefusedInFront how, String version) {
        var rest = new Trail(how.requestId(), PhaseClock.OFF, ofCall.span());
        new CallTrail(rest, reports, served, start, false).over(kind, new Ending(how.refusal(), true), version);
    }

    /** The caller left before its call came to a pipeline. */
    public void left(CallKind kind) {
        reports.left().accept(kind, System.nanoTime() - start);
    }

    /**
     * It is over: writes its line, and ends its trace.
     *
     * @param project as the call names it; null if it names none, or was not read so far
     * @param version of HTTP
     */
    public void over(CallKind kind, @Nullable String project, Identification caller, Ending ending, String version) {
        ofCall.phases().end();
        if (isReported() && served != null) {
            // That an other call went well says nothing of its project: the provider may not have looked at it
            @Nullable ProvenCaller proven = caller.proven();
            @Nullable String meant = proven == null || proven.project() == null ? project : proven.project();
            @Nullable String told = reports.projects().told(meant, kind.isOther() ? null : ending.reply());
            var from = new From(told, proven == null ? null : proven.name(), version);
            var finished = new FinishedCall(kind, ofCall, from, ending, served.words());
            if (isLogged()) {
                reports.access().write(finished);
            }
            SpanEnding.of(finished);
        }
    }
}
