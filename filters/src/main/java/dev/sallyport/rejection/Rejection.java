package dev.sallyport.rejection;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own refusal, as a value.
 *
 * @param reason why
 * @param message one sentence for the caller; never a value of a body, a token or a secret
 * @param violations what broke the contract, if that is the reason; shown to the caller only when the fault is the caller's
 * @param retryAfter when it is worth trying again, if known
 * @param cause what went wrong underneath, for the log alone; never shown to a caller
 */
public record Rejection(
        Reason reason,
        String message,
        List<Violation> violations,
        @Nullable Duration retryAfter,
        @Nullable Throwable cause) {
    public Rejection {
        Objects.requireNonNull(reason);
        Objects.requireNonNull(message);
        violations = List.copyOf(violations);
    }

    /** A refusal for a reason, with one sentence. */
    public static Rejection of(Reason reason, String message) {
        return new Rejection(reason, message, List.of(), null, null);
    }

    /** A refusal because a contract was broken. */
    public static Rejection of(Reason reason, String message, List<Violation> violations) {
        return new Rejection(reason, message, violations, null, null);
    }

    /** A refusal of a reply that breaks its contract. */
    public static Rejection ofReply(List<Violation> violations) {
        return of(
                Reason.REPLY_BREAKS_CONTRACT,
                "The provider's reply breaks its contract, so it was not passed on.",
                violations);
    }

    /** A refusal that says when to come back. */
    public static Rejection retryLater(Reason reason, String message, Duration after) {
        return new Rejection(reason, message, List.of(), after, null);
    }

    /** The same refusal, with what went wrong underneath. */
    public Rejection because(Throwable underneath) {
        return new Rejection(reason, message, violations, retryAfter, underneath);
    }

    /** Neither the message, which names members of a caller's document, nor the cause, which may quote anything. */
    @Override
    public String toString() {
        return reason + " (" + violations.size() + " violations)";
    }

    /**
     * The {@code error_type} of the answer: the provider's own where all violations agree on one, so that callers' existing
     * handling works; else the reason's.
     */
    public String errorType() {
        var types = violations.stream()
                .map(Violation::errorType)
                .distinct()
                .limit(2)
                .toList();
        @Nullable String only = types.size() == 1 ? types.get(0) : null;
        return only == null ? reason.errorType() : only;
    }
}
