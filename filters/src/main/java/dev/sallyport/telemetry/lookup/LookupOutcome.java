package dev.sallyport.telemetry.lookup;

import java.util.Locale;

/** What became of asking about a device. The first three are the provider's verdicts. */
public enum LookupOutcome {
    ALLOW,
    CHALLENGE,
    BLOCK,
    /** The provider does not know the telemetry id, or not any more. */
    NOT_FOUND,
    /** The call carries no telemetry id that could be asked about. */
    MISSING,
    /** No answer in time. */
    TIMEOUT,
    /** The provider was asked too often. */
    RATE_LIMITED,
    /** The provider was not asked, because it failed too often. */
    BREAKER_OPEN,
    /** The answer breaks its contract. */
    INVALID_REPLY,
    /** Anything else that leaves us without an answer: no connection, an error of the provider's, no credentials. */
    UNAVAILABLE;

    /** Whether the provider knows the device and says what to do with it. */
    public boolean isVerdict() {
        return switch (this) {
            case ALLOW, CHALLENGE, BLOCK -> true;
            case NOT_FOUND, MISSING, TIMEOUT, RATE_LIMITED, BREAKER_OPEN, INVALID_REPLY, UNAVAILABLE -> false;
        };
    }

    /** Whether no verdict could be had, so that the device is not to blame. */
    public boolean isFailure() {
        return switch (this) {
            case TIMEOUT, RATE_LIMITED, BREAKER_OPEN, INVALID_REPLY, UNAVAILABLE -> true;
            case ALLOW, CHALLENGE, BLOCK, NOT_FOUND, MISSING -> false;
        };
    }

    /** The name in metrics and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
