package dev.sallyport.resilience;

import dev.sallyport.config.CircuitBreakerSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the provider may be asked, for one group of operations: not for a while after it failed too often, and then a few times
 * to try. Every permission that is given is given back, with what came of it or with nothing. Thread-safe.
 */
public final class ProviderBreaker {
    /** Before so many, a share says nothing; a small window is full sooner. */
    private static final int FEWEST = 10;

    private static final int TRIED_HALF_OPEN = 3;
    private static final Duration WHILE_TRIED = Duration.ofSeconds(1);

    private final ProviderFailed failure = new ProviderFailed();
    private final CircuitBreaker breaker;
    private final CircuitBreakerSettings settings;
    private final LongSupplier nanoTime;
    private final long pause;
    private volatile long closedUntil;

    /** A clock that nothing sets, so that no pause is longer or shorter than it is. */
    private static final class Ticks extends Clock {
        private final LongSupplier nanoTime;
        private final long start;

        Ticks(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            this.start = nanoTime.getAsLong();
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanoTime.getAsLong() - start);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Internal signal: what a failure is to the breaker, which wants an exception. */
    private static final class ProviderFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ProviderFailed() {
            super("the provider failed", null, false, false);
        }
    }

    /**
     * A breaker of which nothing is known.
     *
     * @param longestDeadline after which no attempt is under way any more
     * @param nanoTime as {@link System#nanoTime}
     */
    public ProviderBreaker(
            String name, CircuitBreakerSettings settings, Duration longestDeadline, LongSupplier nanoTime) {
        this.settings = settings;
        this.pause = settings.pause().toNanos();
        this.nanoTime = nanoTime;
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(settings.window())
                        .minimumNumberOfCalls(Math.min(FEWEST, settings.window()))
                        .failureRateThreshold(settings.failures().value())
                        .slowCallDurationThreshold(settings.slow())
                        .slowCallRateThreshold(settings.slowShare().value())
                        .waitDurationInOpenState(settings.pause())
                        .permittedNumberOfCallsInHalfOpenState(TRIED_HALF_OPEN)
                        .maxWaitDurationInHalfOpenState(longestDeadline.plus(settings.pause()))
                        .clock(new Ticks(nanoTime))
                        .writableStackTraceEnabled(false)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == State.OPEN) {
                closedUntil = nanoTime.getAsLong() + pause;
            }
        });
    }

    /** For metrics. */
    public CircuitBreaker breaker() {
        return breaker;
    }

    /** What an attempt must have had at least, so that its being given up says anything. */
    Duration fairTime(Duration deadline) {
        return settings.fairTime(deadline);
    }

    /** Whether attempts are let through only to try. */
    boolean isTrying() {
        return breaker.getState() == State.HALF_OPEN;
    }

    /** Whether an attempt may be made. A yes is followed by what came of the attempt. */
    boolean permits() {
        return breaker.tryAcquirePermission();
    }

    /** When it is worth to ask again after a no. */
    Duration retryAfter() {
        long left = breaker.getState() == State.OPEN ? closedUntil - nanoTime.getAsLong() : 0;
        return left > WHILE_TRIED.toNanos() ? Duration.ofNanos(left) : WHILE_TRIED;
    }

    void succeeded(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(long nanos) {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
    }

    /** Nothing came of it that says anything of the provider. */
    void nothing() {
        breaker.releasePermission();
    }
}
