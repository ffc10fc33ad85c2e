package dev.sallyport.contract.enforcement;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.BrokenForm;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Second door: refuses a successful reply that departs from its operation's contract, or that is not the answer to this call.
 * The provider's own errors pass untouched; what is neither a success nor such an error (a redirect, a proxy's page) is in no
 * contract.
 */
public final class ReplyContractFilter implements Filter<ReadCall> {
    private final ContractEnforcement enforcement;

    /** The second door of an operation. */
    public ReplyContractFilter(ContractEnforcement enforcement) {
        this.enforcement = enforcement;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        return next.send(call).map(reply -> reply instanceof Answer answer ? checked(call, answer) : reply);
    }

    private Reply checked(ReadCall call, Answer answer) {
        if (answer.content() instanceof BrokenForm broken) {
            return ofBrokenForm(call, answer, broken.problem());
        }
        if (!(answer.content() instanceof Document document)) {
            return answer;
        }
        List<Violation> refusing =
                enforcement.refusing(call, Facts.of(call, answer, document, null), document.violations());
        return refusing.isEmpty() ? answer : refused(answer, refusing);
    }

    /** An error names no session and no user, so there is nothing to compare in it. */
    private Reply ofBrokenForm(ReadCall call, Answer answer, Violation form) {
        boolean refuses =
                answer.isError() ? enforcement.refusesForm(call, form) : enforcement.refusesUncompared(call, form);
        return refuses ? refused(answer, List.of(form)) : answer;
    }

    private static Reply refused(Answer answer, List<Violation> violations) {
        return Refusal.of(Rejection.ofReply(violations), answer);
    }

    @Override
    public String toString() {
        return "replyContract(" + enforcement + ")";
    }
}
