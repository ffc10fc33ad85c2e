package dev.sallyport.gateway.http;

import dev.sallyport.gateway.body.BodyTooSlow;
import dev.sallyport.gateway.edge.EdgeRejections;
import dev.sallyport.gateway.http.connection.UncaughtErrors;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;

/** What fails on the way through Spring Cloud Gateway, as a rejection. A pure decision. */
public final class RouteFailures {
    private RouteFailures() {}

    /**
     * The rejection for a failure.
     *
     * @param callerIsThere whether the caller's connection is: a route's own one to its upstream fails in the same words
     */
    public static Rejection rejection(Throwable failure, boolean callerIsThere) {
        if (failure instanceof BodyTooSlow) {
            return EdgeRejections.bodyTooSlow();
        }
        if (failure instanceof UnreadableReply) {
            return Rejection.of(
                            Reason.PROVIDER_UNREACHABLE,
                            "The upstream of this route sent no usable reply. It may have carried out the request.")
                    .because(failure);
        }
        if (failure instanceof DecoderException
                && failure.getCause() instanceof Http2Exception) { // which is spoken with callers alone
            return EdgeRejections.malformed("The request is not well-formed HTTP/2.")
                    .because(failure);
        }
        if (UncaughtErrors.areOfTheConnection(failure) || failure instanceof TimeoutException) {
            return (callerIsThere
                            ? unreachable()
                            : EdgeRejections.malformed("The request's body did not arrive whole."))
                    .because(failure);
        }
        HttpStatusCode status = failure instanceof ErrorResponse known ? known.getStatusCode() : HttpStatus.OK;
        return status.isError() ? ofStatus(status, failure) : bug(failure);
    }

    private static Rejection ofStatus(HttpStatusCode status, Throwable failure) {
        return switch (status.value()) {
            case 404 -> Rejection.of(Reason.UNKNOWN_OPERATION, "No operation of this gateway has this path.");
            case 405 -> Rejection.of(Reason.METHOD_NOT_ALLOWED, "This method is not served here.");
            case 413 -> Rejection.of(Reason.BODY_TOO_LARGE, "The body is too large.");
            case 415 -> Rejection.of(Reason.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json.");
            case 502, 503 -> unreachable().because(failure);
            case 504 ->
                Rejection.of(Reason.PROVIDER_TIMED_OUT, "The upstream of this route did not answer in time.")
                        .because(failure);
            default ->
                status.is4xxClientError()
                        ? EdgeRejections.malformed("The request could not be understood.")
                                .because(failure)
                        : bug(failure);
        };
    }

    private static Rejection unreachable() {
        return Rejection.of(
                Reason.PROVIDER_UNREACHABLE,
                "The upstream of this route cannot be reached, or left before it had answered. It may have carried out the request.");
    }

    private static Rejection bug(Throwable failure) {
        return Rejection.of(Reason.INTERNAL, "Something went wrong in the gateway.")
                .because(failure);
    }
}
