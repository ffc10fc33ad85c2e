package dev.sallyport.idempotency;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import dev.sallyport.rejection.Violation;
import java.time.Duration;
import java.util.List;

/** What callers are told who cannot have the first call's answer. Most see no header of an answer, so the text says it all. */
final class Refusals {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String GONE =
            "The call with this Idempotency-Key succeeded, and its answer cannot be given again: ";
    private static final String NOT_SENT = " It was not made again. With another key it will be.";

    static final Reply INVALID_KEY = refusal(
            Reason.IDEMPOTENCY_KEY_INVALID,
            "Idempotency-Key must be given once, with 1 to " + IdempotencyKey.LONGEST
                    + " characters of printable ASCII, in quotes or without space, quote, backslash, comma and semicolon.");
    static final Reply MISSPELT = refusal(
            Reason.IDEMPOTENCY_KEY_INVALID,
            "The header is called Idempotency-Key, with a hyphen. With an underscore it protects nothing, so the call was not made.");
    static final Reply NO_CALLER = refusal(
            Reason.IDEMPOTENCY_KEY_INVALID,
            "An Idempotency-Key is good only with credentials, which say whose key it is.");
    static final Reply IN_FLIGHT = new Refusal(Rejection.retryLater(
            Reason.DUPLICATE_CALL_IN_FLIGHT,
            "A call with this Idempotency-Key is being made right now. Try again in a second to have its answer.",
            SOON));
    static final Reply REUSED = refusal(
            Reason.IDEMPOTENCY_KEY_REUSED,
            "This Idempotency-Key was used for another call: another operation, target or body. Use a key of its own for each"
                    + " call.");
    static final Reply UNKNOWN = refusal(
            Reason.CALL_OUTCOME_UNKNOWN,
            "A call with this Idempotency-Key was made, and it is not known whether the provider carried it out."
                    + NOT_SENT);
    static final Reply NOT_KEPT = gone(List.of(), "it is not kept any more.");
    static final Reply UNAVAILABLE = new Refusal(Rejection.retryLater(
            Reason.IDEMPOTENCY_UNAVAILABLE,
            "It cannot be found out whether a call with this Idempotency-Key was made before, so it was not made. Try again"
                    + " in a second.",
            SOON));

    private Refusals() {}

    /** A refusal because a stored answer would not pass the second door any more. */
    static Reply notTrusted(List<Violation> violations) {
        return gone(violations, "its session token has expired, or is not trusted any more for another reason.");
    }

    private static Reply gone(List<Violation> violations, String why) {
        return new Refusal(Rejection.of(Reason.STORED_ANSWER_GONE, GONE + why + NOT_SENT, violations));
    }

    private static Reply refusal(Reason reason, String message) {
        return new Refusal(Rejection.of(reason, message));
    }
}
