package dev.sallyport.call;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way in. Immutable, but that its caller is proven on the way; its body and header values are secrets and are not printed.
 */
public final class Call {
    private static final int SAMPLING_BUCKETS = 100;

    private final String operation;
    private final RequestLine line;
    private final Headers headers;
    private final byte[] body;
    private final Caller caller;
    private final int samplingBucket;

    private Call(String operation, RequestLine line, Headers headers, byte[] body, Caller caller) {
        this.operation = operation;
        this.line = line;
        this.headers = headers;
        this.body = body;
        this.caller = caller;
        this.samplingBucket = ThreadLocalRandom.current().nextInt(SAMPLING_BUCKETS);
    }

    private Call(Call same, Headers headers, byte[] body, Caller caller) {
        this.operation = same.operation;
        this.line = same.line;
        this.headers = headers;
        this.body = body;
        this.caller = caller;
        this.samplingBucket = same.samplingBucket;
    }

    /**
     * A call as it came in.
     *
     * @param operation the operation's id, such as {@code b2b.sessions.exchange}
     * @param body handed over: not written to any more
     */
    public static Call of(String operation, RequestLine line, Headers headers, byte[] body, Caller caller) {
        return new Call(operation, line, headers, body, caller);
    }

    /** The same call with another body. */
    public Call withBody(byte[] changed) {
        return new Call(this, headers, changed, caller);
    }

    /** The same call with other headers. */
    public Call withHeaders(Headers others) {
        return new Call(this, others, body, caller);
    }

    /** The same call with another time. */
    public Call within(Deadline other) {
        return new Call(this, headers, body, caller.within(other));
    }

    public String operation() {
        return operation;
    }

    public String method() {
        return line.method();
    }

    public String target() {
        return line.target();
    }

    public Headers headers() {
        return headers;
    }

    /** The very bytes that were checked. */
    public byte[] body() {
        return body;
    }

    /** The project that was proven to be the caller's to name; before that, the one that it names itself. */
    public @Nullable String project() {
        @Nullable ProvenCaller proven = caller.identification().proven();
        return proven == null || proven.project() == null ? caller.project() : proven.project();
    }

    /** What says who the caller is beside the fields of the call, and who it proved to be. */
    public Identification identification() {
        return caller.identification();
    }

    /**
     * The name in the settings of the caller that this was proven to come from; null before it is, and where callers have
     * credentials of the provider's. All copies of a call know it, those that were made before as well.
     */
    public @Nullable String callerName() {
        @Nullable ProvenCaller proven = caller.identification().proven();
        return proven == null ? null : proven.name();
    }

    /**
     * What a caller is known by again: the proven caller, or else its credentials in the one spelling that stands for all; null
     * without either. The header {@code Authorization} itself says nothing of who calls once the gateway has put its own
     * credentials there. Never printed.
     */
    public @Nullable String identity() {
        @Nullable ProvenCaller proven = caller.identification().proven();
        if (proven != null) {
            return proven.identity();
        }
        @Nullable String authorization = headers.first("authorization");
        return authorization == null ? null : Authorization.canonical(authorization);
    }

    public String address() {
        return caller.address();
    }

    /** By when it is answered. */
    public Deadline deadline() {
        return caller.deadline();
    }

    /** By what it is found again. */
    public Trail trail() {
        return caller.trail();
    }

    /**
     * The bucket that the call was drawn into, from 0 to 99: what decides about it where something holds for a share of
     * calls. Drawn at random and kept; nothing that a caller sends has a say in it.
     */
    public int samplingBucket() {
        return samplingBucket;
    }

    @Override
    public String toString() {
        return line.method() + " " + operation + " (" + body.length + " bytes)";
    }
}
