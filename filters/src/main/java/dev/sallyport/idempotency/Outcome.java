package dev.sallyport.idempotency;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;

/** What a call came to, as far as making it again is concerned. */
enum Outcome {
    /** The provider did it, and its answer passed the second door. */
    SUCCEEDED,
    /** The provider certainly did not do it: it never saw the call, or said no to it. */
    NO_EFFECT,
    /** It may have been done. */
    UNKNOWN;

    static Outcome of(Reply reply) {
        if (reply instanceof Answer answer) {
            return of(answer);
        }
        Reason reason = ((Refusal) reply).rejection().reason();
        boolean untold = reason == Reason.PROVIDER_TIMED_OUT
                || reason == Reason.CALLER_DEADLINE_OVER
                || reason == Reason.INTERNAL;
        return untold || reply.timing().sent() != 0 ? UNKNOWN : NO_EFFECT;
    }

    private static Outcome of(Answer answer) {
        if (answer.isSuccess()) {
            return SUCCEEDED;
        }
        return answer.isWithoutEffect() ? NO_EFFECT : UNKNOWN;
    }
}
