package dev.sallyport.gateway.http.call;

import dev.sallyport.gateway.log.AccessLog;
import dev.sallyport.gateway.log.CallKind;
import dev.sallyport.gateway.log.KnownProjects;
import dev.sallyport.gateway.trace.CallSpans;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/**
 * What is told of a call beside its answer.
 *
 * @param timing whether trusted callers are told in {@code Server-Timing} where its time went
 * @param access gets its line
 * @param projects which projects may be told
 * @param left hears of callers who left before their call came to a pipeline, after so many nanoseconds
 * @param spans begins their traces
 */
public record CallReports(
        boolean timing, AccessLog access, KnownProjects projects, ObjLongConsumer<CallKind> left, CallSpans spans) {
    /** Nothing. */
    public static final CallReports NONE =
            new CallReports(false, AccessLog.OFF, new KnownProjects(Set.of()), (kind, nanos) -> {}, CallSpans.OFF);
}
