package dev.sallyport.sandbox.demo;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the walk, and what is announced for it.
 *
 * @param title what it shows
 * @param path where it goes; a call with a body is a POST, one without a GET
 * @param authorization the header's value; empty for none
 * @param status what must come back
 * @param reason the gateway's reason for refusing; null if it must not refuse
 */
record Step(
        String title,
        String path,
        String authorization,
        @Nullable String body,
        Map<String, String> headers,
        int status,
        @Nullable String reason) {
    /** A call that both doors let through. */
    static Step passes(String title, String path, String authorization, @Nullable String body) {
        return new Step(title, path, authorization, body, Map.of(), 200, null);
    }

    /** A call that a door refuses. */
    static Step refused(String title, String path, String authorization, String body, int status, String reason) {
        return new Step(title, path, authorization, body, Map.of(), status, reason);
    }

    /** The same with one more header. */
    Step with(String header, String value) {
        return new Step(title, path, authorization, body, Map.of(header, value), status, reason);
    }
}
