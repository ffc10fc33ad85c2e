package dev.sallyport.capture;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;

/**
 * What became of a call, in the words of the metrics.
 *
 * @param outcome {@code ok}, {@code provider_error}, {@code refused} or {@code client_abort}
 * @param reason why it was refused, or {@code none}
 */
record CapturedOutcome(String outcome, String reason) {
    static final CapturedOutcome ABORTED = new CapturedOutcome("client_abort", "none");
    static final CapturedOutcome BUG = new CapturedOutcome("refused", Reason.INTERNAL.name());

    static CapturedOutcome of(Reply reply) {
        return reply instanceof Answer answer
                ? new CapturedOutcome(answer.isSuccess() ? "ok" : "provider_error", "none")
                : new CapturedOutcome(
                        "refused", ((Refusal) reply).rejection().reason().name());
    }
}
