package dev.sallyport.call;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way in. Immutable; its body and header values are secrets and are not printed.
 */
public final class Call {
    private static final int LOTS = 100;

    private final String operation;
    private final String method;
    private final String target;
    private final Headers headers;
    private final byte[] body;
    private final @Nullable String project;
    private final String address;
    private final Reading.@Nullable Document document;
    private final int drawn;

    private Call(
            String operation,
            String method,
            String target,
            Headers headers,
            byte[] body,
            @Nullable String project,
            String address,
            Reading.@Nullable Document document,
            int drawn) {
        this.operation = operation;
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.project = project;
        this.address = address;
        this.document = document;
        this.drawn = drawn;
    }

    /**
     * A call as it came in.
     *
     * @param operation the operation's id, such as {@code b2b.sessions.exchange}
     * @param target path and query, as the caller wrote them
     * @param body handed over: nobody writes to it any more
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
        return new Call(operation, method, target, headers, body, project, address, null, drawn());
    }

    /** The same call, read. */
    public Call read(Reading.Document read) {
        return new Call(operation, method, target, headers, body, project, address, read, drawn);
    }

    /** The same call with another body; what was read of the old one still holds. */
    public Call withBody(byte[] changed) {
        return new Call(operation, method, target, headers, changed, project, address, document, drawn);
    }

    /** The same call with other headers. */
    public Call withHeaders(Headers others) {
        return new Call(operation, method, target, others, body, project, address, document, drawn);
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

    /** What was read of the body; null before the first door, and for calls without a body. */
    public Reading.@Nullable Document document() {
        return document;
    }

    /**
     * The call's lot, from 0 to 99: what decides about it where something holds for a share of calls. Drawn at random and
     * kept; nothing that a caller sends has a say in it.
     */
    public int lot() {
        return drawn;
    }

    private static int drawn() {
        return ThreadLocalRandom.current().nextInt(LOTS);
    }

    @Override
    public String toString() {
        return method + " " + operation + " (" + body.length + " bytes)";
    }
}
