package dev.sallyport.contract;

import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.rejection.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Reads a provider's answer, once: its form, and then its document. The edge does so before it gives the connection back, since
 * a connection is not used again after a reply whose form is in doubt. Thread-safe.
 */
public final class ReplyReading {
    private static final String JSON = "application/json";

    private final Operation operation;
    private final SchemaCheck schema;

    /** Reads the replies of an operation. */
    public ReplyReading(Contract contract) {
        this(contract.operation(), contract::readReply);
    }

    /**
     * Reads the replies of an operation.
     *
     * @param watch is told what the provider does beside the schema
     */
    public ReplyReading(Contract contract, DriftWatch watch) {
        this(contract.operation(), contract.repliesWatchedBy(watch));
    }

    private ReplyReading(Operation operation, SchemaCheck schema) {
        this.operation = operation;
        this.schema = schema;
    }

    /** The answer with its document, or with what makes it unreadable; as it is if it was read before, or is an error. */
    public Answer read(Answer answer) {
        if (answer.isError() || answer.document() != null || answer.formProblem() != null) {
            return answer;
        }
        @Nullable Violation form = formProblem(answer);
        if (form != null) {
            return answer.unreadable(form);
        }
        Reading reading = schema.read(answer.body());
        return reading instanceof Unreadable unreadable
                ? answer.unreadable(whole("json", "The reply " + unreadable.what()))
                : answer.read((Document) reading);
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
        return new Violation("", keyword, operation.id() + "#reply/" + keyword, message, null);
    }
}
