package dev.sallyport.gateway.log;

import dev.sallyport.call.Headers;

/**
 * What is known of a call when its refusal is written.
 *
 * @param kind what it is of
 * @param headers the caller's, of which the log takes the request id
 * @param start when it came in, by {@link System#nanoTime}
 * @param requestId the id that it has; empty if it has none before it is refused
 * @param isCounted whether it was counted as a call already, by its pipeline, or is none of the gateway's; else its refusal counts
 *     it
 */
public record RefusedCall(CallKind kind, Headers headers, long start, String requestId, boolean isCounted) {
    /** The same by an id. */
    public RefusedCall named(String id) {
        return new RefusedCall(kind, headers, start, id, isCounted);
    }
}
