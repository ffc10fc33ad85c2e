package dev.sallyport.gateway.http.call;

import dev.sallyport.gateway.log.AccessLog;
import dev.sallyport.gateway.log.KnownProjects;
import java.util.Set;

/**
 * What is told of a call beside its answer.
 *
 * @param timing whether trusted callers are told in {@code Server-Timing} where its time went
 * @param access gets its line
 * @param projects which projects may be told
 */
public record CallReports(boolean timing, AccessLog access, KnownProjects projects) {
    /** Nothing. */
    public static final CallReports NONE = new CallReports(false, AccessLog.OFF, new KnownProjects(Set.of()));
}
