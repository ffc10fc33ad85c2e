package dev.sallyport.contract.enforcement;

import dev.sallyport.call.Headers;
import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.BrokenForm;
import dev.sallyport.call.Reply.Content;
import dev.sallyport.call.Reply.ProviderError;
import dev.sallyport.call.Reply.Timing;
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
 * a connection is not used again after a reply whose form is in doubt; whatever stands in front of it is given read answers
 * only. Thread-safe.
 */
public final class ReplyReading {
    private static final ProviderError ERROR = new ProviderError();

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

    /** The answer with what its body was read as. */
    public Answer read(int status, Headers headers, byte[] body, Timing timing) {
        Content content = Answer.isError(status) ? error(status, headers, body) : document(status, headers, body);
        return new Answer(status, headers, body, timing, content);
    }

    private Content error(int status, Headers headers, byte[] body) {
        @Nullable Flaw flaw = form.ofError(status, headers, body);
        return flaw == null ? ERROR : broken(flaw);
    }

    private Content document(int status, Headers headers, byte[] body) {
        @Nullable Flaw flaw = form.ofSuccess(status, headers);
        if (flaw != null) {
            return broken(flaw);
        }
        Reading reading = schema.read(body);
        return reading instanceof Unreadable unreadable
                ? broken(new Flaw("json", "The reply " + unreadable.what()))
                : (Document) reading;
    }

    private BrokenForm broken(Flaw flaw) {
        String place = operation.id() + "#reply/" + flaw.keyword();
        return new BrokenForm(new Violation("", flaw.keyword(), place, flaw.message(), null));
    }
}
