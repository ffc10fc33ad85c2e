package dev.sallyport.trace;

import dev.sallyport.call.CallSpan;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Reason.Fault;
import java.util.Locale;

/** What spans say of how something ended. */
public final class SpanOutcome {
    private static final int FIRST_SERVER_ERROR = 500;

    private SpanOutcome() {}

    /** The whole call was answered. What its caller did wrong is no failure of ours. */
    public static void ofCall(CallSpan span, Reply reply) {
        if (reply instanceof Answer answer) {
            span.put(SpanKeys.STATUS, answer.status());
            if (answer.status() >= FIRST_SERVER_ERROR) {
                span.fail(Integer.toString(answer.status()));
            }
        } else {
            span.put(SpanKeys.STATUS, ((Refusal) reply).rejection().reason().status());
            ofStep(span, reply);
        }
    }

    /** A step let a call or its answer through, or refused it. */
    public static void ofStep(CallSpan span, Reply reply) {
        if (reply instanceof Refusal refusal) {
            Reason reason = refusal.rejection().reason();
            span.put(SpanKeys.FAULT, reason.fault().name().toLowerCase(Locale.ROOT));
            if (reason.fault() == Fault.CALLER) {
                span.put(SpanKeys.ERROR_TYPE, reason.name());
            } else {
                span.fail(reason.name());
            }
        }
    }

    /** A request to another server was answered, or could not be made. */
    public static void ofRequest(CallSpan span, Reply reply) {
        if (reply instanceof Answer answer) {
            span.put(SpanKeys.STATUS, answer.status());
            if (answer.isError()) {
                span.fail(Integer.toString(answer.status()));
            }
        } else {
            span.fail(((Refusal) reply).rejection().reason().name());
        }
    }
}
