package dev.sallyport.call;

import dev.sallyport.call.Reading.Document;
import org.jspecify.annotations.Nullable;

/** A call whose body, or query, was read. Immutable; printed no more than the call itself is. */
public final class ReadCall {
    private final Call call;
    private final Document document;

    /**
     * A call with what was read of it.
     *
     * @param document {@link Document#NONE} for an operation of which nothing is read
     */
    public ReadCall(Call call, Document document) {
        this.call = call;
        this.document = document;
    }

    /** The call itself, as it goes to the provider. */
    public Call call() {
        return call;
    }

    /** What was read of the body as it came in. */
    public Document document() {
        return document;
    }

    /** The same call with another body; what was read of the old one still holds. */
    public ReadCall withBody(byte[] changed) {
        return new ReadCall(call.withBody(changed), document);
    }

    /** The same call with other headers. */
    public ReadCall withHeaders(Headers others) {
        return new ReadCall(call.withHeaders(others), document);
    }

    /** The same call with another time. */
    public ReadCall within(Deadline other) {
        return new ReadCall(call.within(other), document);
    }

    public String operation() {
        return call.operation();
    }

    public Headers headers() {
        return call.headers();
    }

    /** The very bytes that were checked. */
    public byte[] body() {
        return call.body();
    }

    public @Nullable String project() {
        return call.project();
    }

    /** By when it is answered. */
    public Deadline deadline() {
        return call.deadline();
    }

    /** Where its time goes. */
    public PhaseClock phases() {
        return call.trail().phases();
    }

    /** Its trace. */
    public CallSpan span() {
        return call.trail().span();
    }

    /** See {@link Call#samplingBucket}. */
    public int samplingBucket() {
        return call.samplingBucket();
    }

    @Override
    public String toString() {
        return call.toString();
    }
}
