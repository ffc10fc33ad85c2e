package dev.sallyport.gateway.provider;

import dev.sallyport.call.CallSpan;
import dev.sallyport.call.Reply;
import dev.sallyport.contract.Operation;
import dev.sallyport.gateway.provider.connection.Request;
import dev.sallyport.gateway.provider.connection.Target;
import dev.sallyport.trace.SpanKeys;
import dev.sallyport.trace.SpanOutcome;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What the spans of requests to one target tell of them. A path is told as the catalog writes it: what a caller put in its place may
 * be anything.
 *
 * @param template the path of an operation; null if there is none
 */
record RequestSpans(Target target, @Nullable String template) {
    /** The header field that names a request's span to the server that it is sent to (W3C Trace Context). */
    static final String PARENT = "traceparent";

    private static final String TIMED_OUT = "timed_out";
    private static final String GIVEN_UP = "given_up";

    /** Requests of an operation. */
    static RequestSpans of(Target target, Operation operation) {
        return new RequestSpans(target, operation.path());
    }

    /** What its span is called. */
    String name(String method) {
        return template == null ? method : method + " " + template;
    }

    /** Says what every request is told of. */
    void describe(CallSpan span, String method) {
        span.put(SpanKeys.METHOD, method);
        span.put(SpanKeys.PROTOCOL_VERSION, "1.1");
        span.put(SpanKeys.SERVER_ADDRESS, target.host());
        span.put(SpanKeys.SERVER_PORT, target.port());
        if (template != null) {
            span.put(SpanKeys.URL_TEMPLATE, template);
            if (template.indexOf('{') < 0) {
                span.put(SpanKeys.URL_FULL, (target.secure() ? "https://" : "http://") + target.authority() + template);
            }
        }
    }

    /** Says to the server whose request it is. */
    static Request told(Request request, CallSpan span) {
        String parent = span.parent();
        if (!parent.isEmpty()) {
            request.headers().set(PARENT, parent);
        }
        return request;
    }

    /**
     * A request whose span ends with it.
     *
     * @param isLate whether its time is over, if it is given up
     */
    static <R extends Reply> Mono<R> watched(Mono<R> sent, CallSpan span, BooleanSupplier isLate) {
        return sent.doOnNext(reply -> {
                    SpanOutcome.ofRequest(span, reply);
                    span.end();
                })
                .doOnError(failure -> span.fail(failure.getClass().getName()))
                .doOnCancel(() -> span.fail(isLate.getAsBoolean() ? TIMED_OUT : GIVEN_UP))
                .doFinally(signal -> span.end());
    }
}
