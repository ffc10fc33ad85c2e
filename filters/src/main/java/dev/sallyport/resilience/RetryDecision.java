package dev.sallyport.resilience;

import dev.sallyport.contract.Repeatable;
import java.time.Duration;
import java.util.Set;

/**
 * Whether a call may be made once more, and after how long. What may be is the operation's to say: a session call that is carried out
 * twice may be a second session.
 *
 * @param maxAttempts the first one included
 * @param backoff before the second attempt, doubled for each further one, up to a second
 * @param repeatable of the operation
 */
public record RetryDecision(int maxAttempts, Duration backoff, Repeatable repeatable) {
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Set<Integer> PASSING = Set.of(500, 502, 503, 504);
    private static final int TOO_MANY = 429;

    /** Whether another attempt is allowed, as far as this one decides: not by time and budget. */
    boolean allows(Attempt attempt) {
        return attempt.number() < maxAttempts && isSafe(attempt);
    }

    private boolean isSafe(Attempt attempt) {
        return switch (attempt.result()) {
            case UNREACHABLE -> true;
            case BROKE_OFF -> repeatable == Repeatable.ALWAYS;
            case RATE_LIMITED, SERVER_ERROR ->
                attempt.notCarriedOut()
                        ? isSafeAfterNothing(attempt.status())
                        : repeatable == Repeatable.ALWAYS && PASSING.contains(attempt.status());
            default -> false;
        };
    }

    private boolean isSafeAfterNothing(int status) {
        return switch (repeatable) {
            case NEVER -> false;
            case RATE_LIMITED -> status == TOO_MANY;
            case NOT_CARRIED_OUT, ALWAYS -> true;
        };
    }

    /**
     * How long to wait: as long as the provider says, if it does, and a part of the backoff, which keeps those apart that failed
     * together.
     *
     * @param chance from 0 to 1
     */
    Duration wait(Attempt attempt, double chance) {
        Duration doubled = backoff.multipliedBy(1L << Math.min(attempt.number() - 1, 20));
        Duration most = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        Duration jitter = Duration.ofNanos((long) (most.toNanos() * chance));
        return attempt.retryAfter() == null ? jitter : attempt.retryAfter().plus(jitter);
    }
}
