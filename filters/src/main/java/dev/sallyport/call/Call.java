package dev.sallyport.call;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way in. Immutable; its body and header values are secrets and are not printed.
 */
public final class Call {
    private static final int SAMPLING_BUCKETS = 100;

    private final String operation;
    private final String method;
    private final String target;
    private final Headers headers;
    private final byte[] body;
    private final @Nullable String project;
    private final String address;
    private final int samplingBucket;

    private Call(
            String operation,
            String method,
            String target,
            Headers headers,
            byte[] body,
            @Nullable String project,
            String address,
            int samplingBucket) {
        this.operation = operation;
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.project = project;
        this.address = address;
        this.samplingBucket = samplingBucket;
    }

    /**
     * A call as it came in.
     *
     * @param operation the operation's id, such as {@code b2b.sessions.exchange}
     * @param target path and query, as the caller wrote them
     * @param body handed over: not written to any more
     * @param project the project in the path, or the user name of the caller's Basic credentials; null if there is none
     *     that can be read
     * @param address the caller's address, for limits
     */
    public static Call of(
            String operation,
            String method,
            String target,
            Headers headers,
            byte[] body,
            @Nullable String project,
            String address) {
        return new Call(operation, method, target, headers, body, project, address, drawnBucket());
    }

    /** The same call with another body. */
    public Call withBody(byte[] changed) {
        return new Call(operation, method, target, headers, changed, project, address, samplingBucket);
    }

    /** The same call with other headers. */
    public Call withHeaders(Headers others) {
        return new Call(operation, method, target, others, body, project, address, samplingBucket);
    }

    public String operation() {
        return operation;
    }

    public String method() {
        return method;
    }

    public String target() {
        return target;
    }

    public Headers headers() {
        return headers;
    }

    /** The very bytes that were checked. */
    public byte[] body() {
        return body;
    }

    public @Nullable String project() {
        return project;
    }

    public String address() {
        return address;
    }

    /**
     * The bucket that the call was drawn into, from 0 to 99: what decides about it where something holds for a share of
     * calls. Drawn at random and kept; nothing that a caller sends has a say in it.
     */
    public int samplingBucket() {
        return samplingBucket;
    }

    private static int drawnBucket() {
        return ThreadLocalRandom.current().nextInt(SAMPLING_BUCKETS);
    }

    @Override
    public String toString() {
        return method + " " + operation + " (" + body.length + " bytes)";
    }
}
