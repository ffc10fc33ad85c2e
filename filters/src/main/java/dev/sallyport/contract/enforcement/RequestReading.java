package dev.sallyport.contract.enforcement;

import dev.sallyport.call.Call;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reading.Unreadable;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Stage;
import dev.sallyport.call.Upstream;
import dev.sallyport.contract.Contract;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import reactor.core.publisher.Mono;

/**
 * Reads the body of a call, or its query if the operation takes no body, once and for every step behind it. What is not strict
 * JSON, or no strict query, is refused whatever the contract's mode, because it is not known what the provider would read in it.
 */
public final class RequestReading implements Stage<Call, ReadCall> {
    private final Contract contract;

    /** Reads the calls of an operation. */
    public RequestReading(Contract contract) {
        this.contract = contract;
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream<ReadCall> next) {
        Reading reading = contract.readsRequests() ? contract.readRequest(call) : Document.NONE;
        return reading instanceof Unreadable unreadable
                ? Mono.just(new Refusal(refused(unreadable)))
                : next.send(new ReadCall(call, (Document) reading));
    }

    private Rejection refused(Unreadable unreadable) {
        boolean hasBody = contract.operation().hasBody();
        String where = unreadable.offset() < 0 ? "" : " (at byte " + unreadable.offset() + ")";
        return Rejection.of(
                hasBody ? Reason.BODY_UNREADABLE : Reason.MALFORMED_HTTP,
                "The " + (hasBody ? "body" : "query") + " " + unreadable.what() + where + ".");
    }

    @Override
    public String toString() {
        return "requestReading";
    }
}
