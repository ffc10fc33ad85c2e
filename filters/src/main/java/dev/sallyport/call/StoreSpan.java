package dev.sallyport.call;

import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The span of a script that the shared store runs for a call, by OpenTelemetry's semantic conventions. */
public final class StoreSpan {
    private static final String COMMAND = "EVALSHA";

    private StoreSpan() {}

    /**
     * What asks the store, told in a span if the call is recorded.
     *
     * @param call the span of the call
     * @param script its name
     * @param why what a failure is called
     */
    public static <T> Mono<T> of(CallSpan call, String script, Function<Throwable, String> why, Mono<T> asking) {
        return call.isRecorded()
                ? Mono.defer(() -> told(call.request(COMMAND + " " + script), script, why, asking))
                : asking;
    }

    private static <T> Mono<T> told(CallSpan span, String script, Function<Throwable, String> why, Mono<T> asking) {
        span.put("db.system.name", "redis");
        span.put("db.operation.name", COMMAND);
        span.put("db.stored_procedure.name", script);
        return asking.doOnError(failure -> span.fail(why.apply(failure))).doFinally(signal -> span.end());
    }
}
