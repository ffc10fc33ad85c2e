package dev.sallyport.gateway.trace;

import dev.sallyport.call.CallSpan;
import dev.sallyport.call.Reply;
import dev.sallyport.gateway.log.FinishedCall;
import dev.sallyport.trace.SpanKeys;
import dev.sallyport.trace.SpanOutcome;
import org.jspecify.annotations.Nullable;

/** What the span of a call says when the call is over: what its line in the log says as well. */
public final class SpanEnding {
    private static final String LEFT = "client_abort";

    private SpanEnding() {}

    /** Ends the span of a call. */
    public static void of(FinishedCall call) {
        CallSpan span = call.trail().span();
        if (!span.isRecorded()) {
            return;
        }
        span.put(SpanKeys.OPERATION, call.kind().operation());
        put(span, SpanKeys.REQUEST_ID, call.trail().requestId());
        put(span, SpanKeys.PROVIDER_REQUEST_ID, call.providerRequestId());
        put(span, SpanKeys.PROJECT, call.from().project());
        put(span, SpanKeys.CALLER, call.from().caller());
        @Nullable Reply reply = call.ending().reply();
        if (reply != null && call.ending().isDelivered()) {
            SpanOutcome.ofCall(span, reply);
        } else {
            span.put(SpanKeys.ERROR_TYPE, LEFT);
        }
        span.end();
    }

    private static void put(CallSpan span, String key, @Nullable String value) {
        if (value != null) {
            span.put(key, value);
        }
    }
}
