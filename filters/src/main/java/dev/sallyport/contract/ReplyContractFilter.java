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
    private final Door door;
    private final SchemaCheck schema;

    /** The second door of an operation. */
    public ReplyContractFilter(Contract contract, Door door) {
        this.contract = contract;
        this.door = door;
        this.schema = contract::readReply;
    }

    /**
     * The second door of an operation.
     *
     * @param watch is told what the provider does beside the schema
     */
    public ReplyContractFilter(Contract contract, Door door, DriftWatch watch) {
        this.contract = contract;
        this.door = door;
        this.schema = contract.repliesWatchedBy(watch);
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
            return withoutDocument(call, answer, form);
        }
        Reading reading = schema.read(answer.body());
        if (reading instanceof Unreadable unreadable) {
            return withoutDocument(call, answer, whole("json", "The reply " + unreadable.what()));
        }
        Document document = (Document) reading;
        List<Violation> refusing =
                door.refusing(call, new Facts(call.document(), document, null), document.violations());
        return refusing.isEmpty() ? answer.read(document) : refused(answer, refusing);
    }

    private Reply withoutDocument(Call call, Answer answer, Violation form) {
        return door.refusesForm(call, form) ? refused(answer, List.of(form)) : answer;
    }

    private static Reply refused(Answer answer, List<Violation> violations) {
        return new Refusal(Rejection.of(Reason.REPLY_BREAKS_CONTRACT, MESSAGE, violations), answer.timing());
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
        return "replyContract(" + door + ")";
    }
}
