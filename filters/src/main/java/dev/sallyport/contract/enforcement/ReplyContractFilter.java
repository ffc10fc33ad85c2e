package dev.sallyport.contract.enforcement;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Second door: refuses a successful reply that departs from its operation's contract, or that is not the answer to this call.
 * The provider's own errors pass untouched; what is neither a success nor such an error (a redirect, a proxy's page) is in no
 * contract.
 */
public final class ReplyContractFilter implements Filter {
    private final ContractEnforcement enforcement;
    private final ReplyReading reading;

    /** The second door of an operation. */
    public ReplyContractFilter(Contract contract, ContractEnforcement enforcement) {
        this(new ReplyReading(contract), enforcement);
    }

    /**
     * The second door of an operation.
     *
     * @param reading reads what was not read before
     */
    public ReplyContractFilter(ReplyReading reading, ContractEnforcement enforcement) {
        this.reading = reading;
        this.enforcement = enforcement;
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream next) {
        return next.send(call).map(reply -> reply instanceof Answer answer ? checked(call, answer) : reply);
    }

    private Reply checked(Call call, Answer answer) {
        Answer read = reading.read(answer);
        @Nullable Violation form = read.formProblem();
        if (form != null) {
            return ofDoubtfulForm(call, read, form);
        }
        @Nullable Document document = read.document();
        if (document == null) {
            return read;
        }
        List<Violation> refusing =
                enforcement.refusing(call, Facts.of(call, read, document, null), document.violations());
        return refusing.isEmpty() ? read : refused(read, refusing);
    }

    /** An error names no session and no user, so there is nothing to compare in it. */
    private Reply ofDoubtfulForm(Call call, Answer answer, Violation form) {
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
