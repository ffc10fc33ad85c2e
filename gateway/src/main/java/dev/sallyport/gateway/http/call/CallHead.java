package dev.sallyport.gateway.http.call;

import dev.sallyport.call.Deadline;
import dev.sallyport.call.Headers;
import dev.sallyport.contract.Operation;
import dev.sallyport.gateway.edge.CallDeadline;
import dev.sallyport.gateway.edge.EdgeRejections;
import dev.sallyport.gateway.edge.Routes.Route;
import dev.sallyport.gateway.trace.CallSpans;
import dev.sallyport.gateway.trace.CallSpans.CameIn;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the head of a call says: where its caller is, how long it waits, and whether there is any use in reading its body. */
record CallHead(AnswerPath back, Headers headers, Route route) {
    private HttpRequest request() {
        return back.request();
    }

    /** Where the caller is; null if the proxy in front says it, and what it says is no address. */
    @Nullable
    String address(Calls calls, String ofConnection) {
        try {
            return calls.forwarded() ? CallerAddress.forwarded(request().headers(), ofConnection) : ofConnection;
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    /** Its trail, with a trace if calls are traced. */
    CallTrail traced(CallTrail trail, String address) {
        if (trail.served() == null || !trail.isTraced()) {
            return trail;
        }
        boolean isTrusted = trail.served().fields().trusted().contains(address);
        return trail.traced(new CameIn(
                request().method().name(),
                route.operation().path(),
                back.version(),
                CameIn.parent(request().headers().getAll(CallSpans.PARENT)),
                isTrusted));
    }

    /** By when the call is answered; null if that is not said in one way. */
    @Nullable
    Deadline deadline(long start) {
        return CallDeadline.of(route.deadline(), headers, start);
    }

    /**
     * Why the call is refused before its body is read; null if it is not.
     *
     * @param methods those that its path takes
     */
    @Nullable
    Rejection problem(Calls calls, Supplier<String> methods) {
        Operation operation = route.operation();
        if (!request().method().name().equals(operation.method())) {
            return Rejection.of(Reason.METHOD_NOT_ALLOWED, "This operation takes " + methods.get() + " only.");
        }
        if (calls.areTooMany(operation)) {
            return EdgeRejections.overloaded();
        }
        return operation.hasBody() ? calls.bodies().problem(headers) : null;
    }
}
