package dev.sallyport.telemetry;

import dev.sallyport.config.telemetry.TelemetryAction;
import dev.sallyport.config.telemetry.TelemetryOnSettings;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.telemetry.lookup.DeviceFinding;
import dev.sallyport.telemetry.lookup.LookupFailed;
import dev.sallyport.telemetry.lookup.LookupOutcome;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether an outcome refuses a call, and how that is told. A pure function of the outcome. A refusal says nothing of what
 * gave the device away: its reader may be the attacker.
 */
public final class TelemetryDecision {
    private static final Rejection DEVICE = Rejection.of(Reason.DEVICE_REFUSED, "This device is refused.");
    private static final Rejection UNAVAILABLE = Rejection.of(
            Reason.TELEMETRY_UNAVAILABLE, "The device cannot be looked up at the moment. The call was not made.");

    private final Set<LookupOutcome> refused = EnumSet.noneOf(LookupOutcome.class);

    /** What an operator wants. */
    public TelemetryDecision(TelemetryOnSettings on) {
        for (LookupOutcome outcome : LookupOutcome.values()) {
            if (action(on, outcome) == TelemetryAction.REFUSE) {
                refused.add(outcome);
            }
        }
    }

    /** Whether a call with this outcome is refused. */
    public boolean refuses(LookupOutcome outcome) {
        return refused.contains(outcome);
    }

    /** How a refusal for this finding is told; the log learns more than the caller does. */
    Rejection rejection(DeviceFinding finding) {
        Rejection told = finding.outcome().isFailure() ? UNAVAILABLE : DEVICE;
        @Nullable Throwable cause = finding.cause();
        return told.because(
                cause == null ? new LookupFailed("outcome " + finding.outcome().label()) : cause);
    }

    private static TelemetryAction action(TelemetryOnSettings on, LookupOutcome outcome) {
        return switch (outcome) {
            case ALLOW -> on.allow();
            case CHALLENGE -> on.challenge();
            case BLOCK -> on.block();
            case NOT_FOUND -> on.notFound();
            case MISSING -> on.missing();
            case TIMEOUT -> on.timeout();
            case RATE_LIMITED -> on.rateLimited();
            case BREAKER_OPEN -> on.breakerOpen();
            case INVALID_REPLY -> on.invalidReply();
            case UNAVAILABLE -> on.unavailable();
        };
    }
}
