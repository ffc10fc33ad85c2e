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
record Outcome(String outcome, String reason) {
    static final Outcome ABORTED = new Outcome("client_abort", "none");
    static final Outcome BUG = new Outcome("refused", Reason.INTERNAL.name());

    static Outcome of(Reply reply) {
        return reply instanceof Answer answer
                ? new Outcome(answer.isSuccess() ? "ok" : "provider_error", "none")
                : new Outcome("refused", ((Refusal) reply).rejection().reason().name());
    }
}
