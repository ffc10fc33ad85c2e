package dev.sallyport.resilience;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether to try again, and after how long. Waits double from try to try, up to a second.
 *
 * @param maxAttempts the first one included
 * @param backoff before the second try
 */
public record RetryDecision(int maxAttempts, Duration backoff) {
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** How long to wait before the next try, before jitter; empty if this attempt is the last. */
    Optional<Duration> after(Attempt attempt) {
        boolean worthIt = attempt.mayBeRepeated() && attempt.number() < maxAttempts;
        return worthIt ? Optional.of(backoff(attempt.number())) : Optional.empty();
    }

    private Duration backoff(int number) {
        Duration doubled = backoff.multipliedBy(1L << Math.min(number - 1, 20));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
