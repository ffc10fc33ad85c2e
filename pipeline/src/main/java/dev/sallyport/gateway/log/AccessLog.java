package dev.sallyport.gateway.log;

import dev.sallyport.call.Phase;
import dev.sallyport.call.PhaseClock;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.config.LogSettings;
import dev.sallyport.gateway.log.FinishedCall.Ending;
import dev.sallyport.gateway.log.RepeatedLines.Bounds;
import dev.sallyport.rejection.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One line for each call of a known operation and each other call, when it is over. Thread-safe. */
public final class AccessLog {
    /** None is written. */
    public static final AccessLog OFF = new AccessLog(null);

    private static final int IN_FULL = 200;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int MOST_KINDS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.access");

    /** Null if none is written. */
    private final @Nullable RepeatedLines<Kind> refusals;

    private record Kind(String operation, Reason reason) {}

    private AccessLog(@Nullable RepeatedLines<Kind> refusals) {
        this.refusals = refusals;
    }

    /**
     * As the settings say.
     *
     * @param windows in which lines of refused calls are summed up, so that an attack does not fill the disk
     */
    public static AccessLog of(LogSettings settings, LineWindows windows) {
        return settings.access()
                ? new AccessLog(new RepeatedLines<>(
                        new Bounds(IN_FULL, WINDOW, MOST_KINDS),
                        new Kind("(other)", Reason.INTERNAL),
                        windows,
                        AccessLog::summedUp))
                : OFF;
    }

    private static void summedUp(Kind kind, String more) {
        LOG.atInfo()
                .addKeyValue("operation", kind.operation())
                .addKeyValue("outcome", "refused")
                .addKeyValue("reason", kind.reason())
                .log("Call: {}", more);
    }

    /** Whether lines are written now; the logger's level has a say in it as well. */
    public boolean isOn() {
        return refusals != null && LOG.isInfoEnabled();
    }

    /** Writes the line of a call that is over, unless it is one of many that were refused alike. */
    public void write(FinishedCall call) {
        @Nullable RepeatedLines<Kind> repeated = refusals;
        boolean isTold = repeated != null
                && (!(call.ending().reply() instanceof Refusal refusal)
                        || repeated.isInFull(new Kind(
                                call.kind().operation(), refusal.rejection().reason())));
        if (isTold) {
            line(call);
        }
    }

    private static void line(FinishedCall call) {
        LoggingEventBuilder line =
                LOG.atInfo().addKeyValue("request-id", call.trail().requestId());
        line = with(line, "provider-request-id", call.providerRequestId());
        line = with(line, "trace-id", call.traceId());
        line = line.addKeyValue("operation", call.kind().operation());
        line = with(line, "route", call.kind().isOther() ? call.kind().route() : null);
        line = with(line, "project", call.from().project());
        line = with(line, "caller", call.from().caller());
        line = line.addKeyValue("http-version", call.from().version());
        line = outcome(line, call.ending());
        line = time(line, "millis", call.trail().phases().total());
        withPhases(line, call.trail().phases()).log("Call");
    }

    private static LoggingEventBuilder outcome(LoggingEventBuilder line, Ending ending) {
        @Nullable Reply reply = ending.reply();
        if (reply == null || !ending.isDelivered()) {
            return line.addKeyValue("outcome", "client_abort");
        }
        if (reply instanceof Answer answer) {
            return line.addKeyValue("outcome", answer.isError() ? "provider_error" : "ok")
                    .addKeyValue("status", answer.status());
        }
        Reason reason = ((Refusal) reply).rejection().reason();
        return line.addKeyValue("outcome", "refused")
                .addKeyValue("status", reason.status())
                .addKeyValue("reason", reason)
                .addKeyValue("fault", reason.fault());
    }

    private static LoggingEventBuilder withPhases(LoggingEventBuilder empty, PhaseClock phases) {
        LoggingEventBuilder line = empty;
        for (Phase phase : Phase.ALL) {
            long nanos = phases.nanos(phase);
            line = nanos == 0 ? line : time(line, phase.label() + "-ms", nanos);
        }
        return line;
    }

    /** Milliseconds, to the microsecond. */
    private static LoggingEventBuilder time(LoggingEventBuilder line, String key, long nanos) {
        long micros = nanos / 1000;
        return line.addKeyValue(key, micros / 1e3);
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String key, @Nullable Object value) {
        return value == null ? line : line.addKeyValue(key, value);
    }
}
