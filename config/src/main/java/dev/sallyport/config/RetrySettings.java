package dev.sallyport.config;

import dev.sallyport.config.value.Percent;
import dev.sallyport.config.value.Require;
import java.time.Duration;

/**
 * Making a call once more where nothing is done twice by it.
 *
 * @param attempts the first one included; 1 switches retries off; default 3
 * @param backoff before the second attempt, doubled for each further one; default 50 ms
 * @param budget retries as a share of all calls of ten seconds; default 20 %
 * @param minimum retries a second that are there whatever calls are made; default 3
 */
public record RetrySettings(Integer attempts, Duration backoff, Percent budget, Integer minimum) {
    private static final int MOST_A_SECOND = 1000;

    public RetrySettings {
        attempts = Require.orElse(attempts, 3);
        backoff = Require.orElse(backoff, Duration.ofMillis(50));
        budget = Require.orElse(budget, new Percent(20));
        minimum = Require.orElse(minimum, 3);
        Require.between("sallyport.retry.attempts", attempts, 1, 5);
        Require.between("sallyport.retry.backoff", backoff, Duration.ofMillis(1), Duration.ofSeconds(10));
        Require.between("sallyport.retry.minimum", minimum, 0, MOST_A_SECOND);
    }

    /** All defaults. */
    public static RetrySettings defaults() {
        return new RetrySettings(3, Duration.ofMillis(50), new Percent(20), 3);
    }
}
