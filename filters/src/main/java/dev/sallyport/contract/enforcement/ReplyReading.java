package dev.sallyport.contract.enforcement;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.Operation;
import dev.sallyport.contract.form.ReplyForm;
import dev.sallyport.contract.form.ReplyForm.Flaw;
import dev.sallyport.contract.schema.SchemaCheck;
import dev.sallyport.contract.schema.SchemaObserver;
import dev.sallyport.rejection.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Reads a provider's answer, once: its form, and then its document. The edge does so before it gives the connection back, since
 * a connection is not used again after a reply whose form is in doubt. Thread-safe.
 */
public final class ReplyReading {
    private final Operation operation;
    private final ReplyForm form;
    private final SchemaCheck schema;

    /** Reads the replies of an operation. */
    public ReplyReading(Contract contract) {
        this(contract, contract::readReply);
    }

    /**
     * Reads the replies of an operation.
     *
     * @param observer is told what the provider does beside the schema
     */
    public ReplyReading(Contract contract, SchemaObserver observer) {
        this(contract, contract.repliesObservedBy(observer));
    }

    private ReplyReading(Contract contract, SchemaCheck schema) {
        this.operation = contract.operation();
        this.form = contract.replyForm();
        this.schema = schema;
    }

    /** The answer with its document, if it is no error, or with what is wrong with its form; as it is if it was read before. */
    public Answer read(Answer answer) {
        if (answer.isRead()) {
            return answer;
        }
        @Nullable Flaw flaw = answer.isError() ? form.ofError(answer) : form.ofSuccess(answer);
        if (flaw != null) {
            return answer.unreadable(whole(flaw));
        }
        return answer.isError() ? answer.readAsError() : document(answer);
    }

    private Answer document(Answer answer) {
        Reading reading = schema.read(answer.body());
        return reading instanceof Unreadable unreadable
                ? answer.unreadable(whole(new Flaw("json", "The reply " + unreadable.what())))
                : answer.read((Document) reading);
    }

    private Violation whole(Flaw flaw) {
        return new Violation("", flaw.keyword(), operation.id() + "#reply/" + flaw.keyword(), flaw.message(), null);
    }
}
