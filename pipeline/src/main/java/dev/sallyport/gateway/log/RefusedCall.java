package dev.sallyport.gateway.log;

import dev.sallyport.call.Headers;

/**
 * What is known of a call when its refusal is written.
 *
 * @param operation its operation's id; empty if the refusal came before that was known
 * @param headers the caller's, of which the log takes the request id
 * @param start when it came in, by {@link System#nanoTime}; 0 if that was not noted
 */
public record RefusedCall(String operation, Headers headers, long start) {
    /** A call that was refused before its operation was known. */
    public static RefusedCall unread(Headers headers) {
        return new RefusedCall("", headers, 0);
    }
}
