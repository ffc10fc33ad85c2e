package dev.sallyport.gateway.edge;

import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;

/** Rejections that are decided at more than one place of the edge. */
public final class EdgeRejections {
    private static final Duration SOON = Duration.ofSeconds(1);

    private EdgeRejections() {}

    /** A request that two parsers could read differently, or none can. */
    public static Rejection malformed(String message) {
        return Rejection.of(Reason.MALFORMED_HTTP, message);
    }

    /** A body that did not arrive within {@code body-timeout}. */
    public static Rejection bodyTooSlow() {
        return Rejection.of(Reason.BODY_TOO_SLOW, "The body did not arrive in time.");
    }

    /** A body of more bytes than are taken. */
    public static Rejection bodyTooLarge(int limit) {
        return Rejection.of(Reason.BODY_TOO_LARGE, "The body must not be larger than " + limit + " bytes.");
    }

    /** A caller that does not say in one way how long it waits. */
    public static Rejection unclearTimeout() {
        return malformed("X-Request-Timeout-Ms must be there once, with a number of milliseconds.");
    }

    /** A request that a gateway which stops could not answer in time; another one, or this one started anew, can. */
    public static Rejection shuttingDown() {
        return Rejection.retryLater(
                Reason.SHUTTING_DOWN, "This gateway is about to stop; the call was not carried out.", SOON);
    }

    /** A call that comes when the gateway itself has more to do than it can. */
    public static Rejection overloaded() {
        return Rejection.retryLater(
                Reason.OVERLOADED,
                "This gateway has too much to do. The call was not made; try again in a second.",
                SOON);
    }

    /** What is thrown anywhere but in reading the body says nothing of the caller. */
    public static Rejection bug(Throwable bug) {
        return Rejection.of(Reason.INTERNAL, "Something went wrong in the gateway; the call was not answered.")
                .because(bug);
    }
}
