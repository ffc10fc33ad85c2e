package dev.sallyport.resilience.hold;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.call.CredentialKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are held back: by operation, as the provider's limits are, and by credentials, so that a caller with others, though
 * it names the same project, holds back itself alone. Bounded; nothing is asked of it as long as the provider limits nothing.
 * Thread-safe.
 */
public final class ProviderHolds {
    private static final long MOST = 10_000;
    private static final Duration KEPT = Hold.LONGEST.multipliedBy(2);

    private final LongSupplier nanos;
    private final Cache<Held, Hold> holds;
    private volatile long forgotten;

    /** Calls that the provider counts together, as far as can be told. */
    record Held(String operation, CredentialKey credentials) {}

    /**
     * None so far.
     *
     * @param nanos as {@link System#nanoTime}
     */
    public ProviderHolds(LongSupplier nanos) {
        this.nanos = nanos;
        this.holds = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(KEPT)
                .ticker(nanos::getAsLong)
                .build();
        this.forgotten = nanos.getAsLong();
    }

    /** Whether there was a 429 not long ago. */
    boolean areAny() {
        return forgotten - nanos.getAsLong() > 0;
    }

    /** How much longer such calls are held back; zero if they are not. */
    Duration left(Held held) {
        @Nullable Hold hold = holds.getIfPresent(held);
        return hold == null ? Duration.ZERO : Duration.ofNanos(hold.left(nanos.getAsLong()));
    }

    /**
     * The provider answered 429.
     *
     * @param retryAfter when to come again, if it said so
     * @return for how long calls are held back from now on; zero if they are not, or were before
     */
    Duration limited(Held held, @Nullable Duration retryAfter) {
        long now = nanos.getAsLong();
        var begins = new AtomicBoolean();
        Hold hold = holds.asMap().compute(held, (key, had) -> {
            Hold before = had == null ? Hold.none(now) : had;
            Hold after = before.after(retryAfter, now);
            begins.set(!before.isOn(now) && after.isOn(now));
            return after;
        });
        forgotten = now + KEPT.toNanos();
        return begins.get() ? Duration.ofNanos(hold.left(now)) : Duration.ZERO;
    }

    /** The provider answered otherwise; while calls are held back that is an answer to an earlier one, and ends nothing. */
    void passed(Held held) {
        long now = nanos.getAsLong();
        if (holds.getIfPresent(held) != null) {
            holds.asMap().computeIfPresent(held, (key, hold) -> hold.isOn(now) ? hold : null);
        }
    }
}
