package dev.sallyport.caller;

import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.Locale;

/**
 * Why a call is refused for its caller's sake. The label is a metric's; the answer tells a caller who is not proven nothing of what
 * came closest.
 */
public enum Denial {
    /** It shows nothing by which it could be proven. */
    NOTHING_SHOWN,
    /** What it shows cannot be read, or is of a kind that is not taken. */
    UNREADABLE,
    /** An API key that no caller has. */
    UNKNOWN_KEY,
    /** A client certificate that no caller has, or two have, or that has ended. */
    UNKNOWN_CERTIFICATE,
    /** A token of the issuer's, for a caller that there is not. */
    UNKNOWN_SUBJECT,
    TOKEN_EXPIRED,
    TOKEN_REFUSED,
    /** A token without the scopes that are asked for. */
    TOKEN_UNSCOPED,
    /** A token that nothing can be said of, since there are no keys of its issuer's. */
    NO_KEYS,
    OPERATION,
    PROJECT,
    ORGANIZATION;

    private static final Rejection UNPROVEN = Rejection.of(
            Reason.CALLER_UNPROVEN,
            "The call does not prove who makes it: it needs an API key, a token or a client certificate that this gateway "
                    + "knows and that is valid now.");

    /** The value of the metric's {@code why} label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Rejection rejection() {
        return switch (this) {
            case NOTHING_SHOWN,
                    UNREADABLE,
                    UNKNOWN_KEY,
                    UNKNOWN_CERTIFICATE,
                    UNKNOWN_SUBJECT,
                    TOKEN_EXPIRED,
                    TOKEN_REFUSED,
                    TOKEN_UNSCOPED -> UNPROVEN;
            case NO_KEYS ->
                Rejection.retryLater(
                        Reason.CALLER_KEYS_UNAVAILABLE,
                        "The keys that callers' tokens are verified with are not available. The call was not made.",
                        Duration.ofSeconds(1));
            case OPERATION -> forbidden("make calls of this operation");
            case PROJECT ->
                forbidden(
                        "call the project that the call names, or the call names none and the caller may call several");
            case ORGANIZATION ->
                forbidden("make calls about the organization that the call names, or that name none, or two");
        };
    }

    private static Rejection forbidden(String what) {
        return Rejection.of(Reason.CALLER_NOT_PERMITTED, "This caller may not " + what + ".");
    }

    /** Whether a caller that goes on so is to be slowed down: it is its own doing. */
    boolean isOfCaller() {
        return this != NO_KEYS;
    }
}
