package dev.sallyport.gateway.log;

import dev.sallyport.gateway.log.RepeatedLines.Bounds;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Reason.Fault;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each refusal that was written, with the ids by which caller and provider know it, and its cause. Of one
 * operation and reason 200 are written within ten seconds, further ones are summed up; of one bug the stack is written once in
 * ten minutes. Thread-safe.
 */
public final class RefusalLog implements Consumer<WrittenRefusal> {
    /** Twenty a second: an operator looks for one refusal by its id, so summing up begins late. */
    private static final int IN_FULL = 200;

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration STACK_WINDOW = Duration.ofMinutes(10);
    private static final int MOST_KINDS = 1000;
    private static final int MOST_BUGS = 100;
    private static final Kind OTHERS = new Kind("(other)", Reason.INTERNAL);
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.calls");

    private final RepeatedLines<Kind> lines;
    private final RepeatedLines<String> stacks;

    private record Kind(String operation, Reason reason) {}

    /** A log with windows of repeated lines. */
    public RefusalLog(LineWindows windows) {
        this.lines =
                new RepeatedLines<>(new Bounds(IN_FULL, WINDOW, MOST_KINDS), OTHERS, windows, RefusalLog::summedUp);
        this.stacks =
                new RepeatedLines<>(new Bounds(1, STACK_WINDOW, MOST_BUGS), "(other)", windows, (bug, more) -> {});
    }

    @Override
    public void accept(WrittenRefusal written) {
        Reason reason = written.refusal().rejection().reason();
        Level level = level(reason);
        boolean isTold = LOG.isEnabledForLevel(level)
                && lines.isInFull(new Kind(written.call().kind().operation(), reason));
        if (isTold) {
            write(LOG.atLevel(level), written);
        }
    }

    private static Level level(Reason reason) {
        if (reason == Reason.INTERNAL) {
            return Level.ERROR;
        }
        return reason.fault() == Fault.CALLER ? Level.INFO : Level.WARN;
    }

    private static void summedUp(Kind kind, String more) {
        LOG.atLevel(level(kind.reason()))
                .addKeyValue("operation", kind.operation())
                .addKeyValue("reason", kind.reason())
                .log("Refused: {}", more);
    }

    private void write(LoggingEventBuilder empty, WrittenRefusal written) {
        Rejection rejection = written.refusal().rejection();
        Reason reason = rejection.reason();
        RefusedCall call = written.call();
        LoggingEventBuilder line = empty.addKeyValue("request-id", call.requestId());
        line = with(line, "caller-request-id", HarmlessId.of(call.headers().first("x-request-id")));
        line = with(line, "provider-request-id", written.words().providerRequestId(written.refusal()));
        line = line.addKeyValue("operation", call.kind().operation());
        line = with(line, "route", call.kind().isOther() ? call.kind().route() : null);
        line = line.addKeyValue("reason", reason)
                .addKeyValue("fault", reason.fault())
                .addKeyValue("status", reason.status());
        line = line.addKeyValue("millis", (System.nanoTime() - call.start()) / 1_000_000);
        line = with(line, "violations", violations(rejection, written.words()));
        withCause(line, rejection).log("Refused: {}", sentence(rejection));
    }

    private LoggingEventBuilder withCause(LoggingEventBuilder line, Rejection rejection) {
        @Nullable Throwable cause = rejection.cause();
        if (cause == null) {
            return line;
        }
        LoggingEventBuilder told = line.addKeyValue("cause", Causes.told(cause));
        boolean isNew = rejection.reason() == Reason.INTERNAL && stacks.isInFull(Bug.kind(cause));
        return isNew ? told.setCause(Bug.of(cause)) : told;
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String key, @Nullable Object value) {
        return value == null ? line : line.addKeyValue(key, value);
    }

    private static @Nullable Object violations(Rejection rejection, PackWords words) {
        return rejection.violations().isEmpty()
                ? null
                : rejection.violations().stream()
                        .map(violation -> (words.told(violation.at()) + " " + violation.keyword()).strip())
                        .toList();
    }

    /** What is said to callers of their violations names members as they wrote them; the line has these in its own way. */
    private static String sentence(Rejection rejection) {
        boolean namesMembers = rejection.reason().fault() == Fault.CALLER
                && !rejection.violations().isEmpty();
        return namesMembers ? "The request breaks its contract." : rejection.message();
    }
}
