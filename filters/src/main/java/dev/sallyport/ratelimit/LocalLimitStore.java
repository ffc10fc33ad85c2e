package dev.sallyport.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * Token buckets in this process (Bucket4j). Bounded: when there are too many keys, those not seen for longest start afresh,
 * so that no caller can grow the memory.
 */
public final class LocalLimitStore implements LimitStore {
    private final Cache<Slot, Bucket> buckets;
    private final TimeMeter clock;

    private record Slot(String limit, String key) {}

    /**
     * An empty store.
     *
     * @param maxBuckets for all limits together
     */
    public LocalLimitStore(long maxBuckets, TimeMeter clock) {
        this.buckets = Caffeine.newBuilder().maximumSize(maxBuckets).build();
        this.clock = clock;
    }

    @Override
    public Duration take(Limit limit, String key) {
        Bucket bucket = buckets.get(new Slot(limit.name(), key), ignored -> bucket(limit));
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    /** How many buckets are kept. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket bucket(Limit limit) {
        Bandwidth bandwidth = Bandwidth.builder()
                .capacity(limit.burst())
                .refillGreedy(limit.permits(), limit.per())
                .build();
        return Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(clock)
                .build();
    }
}
