package dev.sallyport.contract;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.ContractEvents.Direction;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Second door: refuses a successful reply that departs from its operation's contract. The provider's own errors pass
 * untouched; what is neither success nor error (a redirect) is in no contract.
 */
public final class ReplyContractFilter implements Filter {
    private static final String JSON = "application/json";
    private static final String MESSAGE = "The provider's reply breaks its contract, so it was not passed on.";

    private final Contract contract;
    private final boolean enforce;
    private final ContractEvents events;

    /**
     * The second door of an operation.
     *
     * @param enforce whether a broken contract refuses the reply, or is only counted
     */
    public ReplyContractFilter(Contract contract, boolean enforce, ContractEvents events) {
        this.contract = contract;
        this.enforce = enforce;
        this.events = events;
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream next) {
        return next.send(call).map(reply -> reply instanceof Answer answer ? checked(call, answer) : reply);
    }

    private Reply checked(Call call, Answer answer) {
        if (answer.isError()) {
            return answer;
        }
        @Nullable Violation form = formProblem(answer);
        if (form != null) {
            return judged(answer, answer, List.of(form));
        }
        Reading reading = contract.readReply(answer.body());
        if (reading instanceof Unreadable unreadable) {
            return judged(answer, answer, List.of(whole("json", "The reply " + unreadable.what())));
        }
        Document document = (Document) reading;
        List<Violation> violations = contract.replyViolations(new Facts(call.document(), document, null));
        return judged(answer, answer.read(document), violations);
    }

    private Reply judged(Answer answer, Answer read, List<Violation> violations) {
        if (violations.isEmpty()) {
            return read;
        }
        events.broken(contract.operation(), Direction.REPLY, violations, enforce);
        var rejection = Rejection.of(Reason.REPLY_BREAKS_CONTRACT, MESSAGE, violations);
        return enforce ? new Refusal(rejection, answer.timing()) : read;
    }

    /** What is wrong before a byte of the body is looked at; a compressed body cannot be checked. */
    private @Nullable Violation formProblem(Answer answer) {
        if (!answer.isSuccess()) {
            return whole("status", "must be a success or an error");
        }
        @Nullable String coding = answer.headers().first("content-encoding");
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            return whole("content-encoding", "must be identity, as was asked for");
        }
        @Nullable String type = answer.headers().first("content-type");
        boolean json = type == null || type.regionMatches(true, 0, JSON, 0, JSON.length());
        return json ? null : whole("content-type", "must be " + JSON);
    }

    private Violation whole(String keyword, String message) {
        return new Violation("", keyword, contract.operation().id() + "#reply/" + keyword, message, null);
    }

    @Override
    public String toString() {
        return "replyContract(" + (enforce ? "enforce" : "report") + ")";
    }
}
