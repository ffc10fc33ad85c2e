package dev.sallyport.telemetry.lookup;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What asking about a device gave. Immutable; says nothing of the device when it is printed.
 *
 * @param reasons why the provider advises against it, in its own words
 * @param visitorId who the provider thinks it is; personal data, so never logged and never a label
 * @param cause what went wrong underneath, for the log alone; null if nothing did
 */
public record DeviceFinding(
        LookupOutcome outcome,
        List<String> reasons,
        @Nullable String visitorId,
        @Nullable Throwable cause) {
    public DeviceFinding(LookupOutcome outcome, List<String> reasons, @Nullable String visitorId) {
        this(outcome, reasons, visitorId, null);
    }

    public DeviceFinding {
        Objects.requireNonNull(outcome);
        reasons = List.copyOf(reasons);
    }

    /** An outcome of which nothing more is known. */
    public static DeviceFinding of(LookupOutcome outcome) {
        return new DeviceFinding(outcome, List.of(), null, null);
    }

    /** The same finding, with what went wrong underneath. */
    public DeviceFinding because(Throwable underneath) {
        return new DeviceFinding(outcome, reasons, visitorId, underneath);
    }

    @Override
    public String toString() {
        return outcome.label();
    }
}
