package dev.sallyport.gateway.http.call;

import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;

/** Rejections that are decided at more than one place of the edge. */
public final class EdgeRejections {
    private EdgeRejections() {}

    /** A request that two parsers could read differently, or none can. */
    public static Rejection malformed(String message) {
        return Rejection.of(Reason.MALFORMED_HTTP, message);
    }

    /** A body that did not arrive within {@code body-timeout}. */
    public static Rejection bodyTooSlow() {
        return Rejection.of(Reason.BODY_TOO_SLOW, "The body did not arrive in time.");
    }

    /** What is thrown anywhere but in reading the body says nothing of the caller. */
    public static Rejection bug(Throwable bug) {
        return Rejection.of(Reason.INTERNAL, "Something went wrong in the gateway; the call was not answered.")
                .because(bug);
    }
}
