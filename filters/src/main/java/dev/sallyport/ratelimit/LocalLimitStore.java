package dev.sallyport.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets in this process (Bucket4j). Bounded: when there are too many keys, those not seen for longest start afresh,
 * and of a long key only a digest is kept, so that no caller can grow the memory.
 */
public final class LocalLimitStore implements LimitStore {
    /** A digest is written in more characters, so that no key can pass for that of another. */
    private static final int LONGEST_KEY = 63;

    private final Cache<Slot, Bucket> buckets;
    private final TimeMeter clock;

    /** A bucket's place; the key is a project or an address, which is never printed. */
    private record Slot(String limit, String key) {
        static Slot of(Limit limit, String key) {
            return new Slot(limit.name(), key.length() <= LONGEST_KEY ? key : digest(key));
        }

        private static String digest(String key) {
            return HexFormat.of().formatHex(Digests.sha256().digest(key.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public String toString() {
            return "Slot[" + limit + "]";
        }
    }

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
    public Duration ask(Limit limit, String key) {
        @Nullable Bucket bucket = buckets.getIfPresent(Slot.of(limit, key));
        return bucket == null
                ? Duration.ZERO
                : Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    @Override
    public Duration take(Limit limit, String key) {
        Bucket bucket = buckets.get(Slot.of(limit, key), ignored -> bucket(limit));
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    /** A bucket that started afresh in the meantime is full, and takes nothing back. */
    @Override
    public void giveBack(Limit limit, String key) {
        @Nullable Bucket bucket = buckets.getIfPresent(Slot.of(limit, key));
        if (bucket != null) {
            bucket.addTokens(1);
        }
    }

    /** How many buckets are kept. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    /** The longest key that is kept. */
    int longestKey() {
        return buckets.asMap().keySet().stream()
                .mapToInt(slot -> slot.key().length())
                .max()
                .orElse(0);
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
