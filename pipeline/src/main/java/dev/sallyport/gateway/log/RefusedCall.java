package dev.sallyport.gateway.log;

import dev.sallyport.call.Headers;

/**
 * What is known of a call when its refusal is written.
 *
 * @param operation its operation's id; empty if the refusal came before that was known
 * @param route the name of its route, if it is a call that no contract knows; else empty
 * @param headers the caller's, of which the log takes the request id
 * @param start when it came in, by {@link System#nanoTime}; 0 if that was not noted
 * @param requestId the id that it has; empty if it has none before it is refused
 */
public record RefusedCall(String operation, String route, Headers headers, long start, String requestId) {
    /** A call of an operation. */
    public RefusedCall(String operation, Headers headers, long start, String requestId) {
        this(operation, "", headers, start, requestId);
    }

    /** A call that was refused before its operation was known. */
    public static RefusedCall unread(Headers headers) {
        return new RefusedCall("", headers, 0, "");
    }
}
