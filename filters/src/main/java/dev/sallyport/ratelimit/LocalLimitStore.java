package dev.sallyport.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Token buckets in this process (Bucket4j). All of a call's are asked before any permit is taken, so that a call that one
 * refuses takes nothing of another; where two calls ask at once and one comes too late, it puts back what it took. Bounded: when
 * there are too many keys, those not seen for longest start afresh.
 */
public final class LocalLimitStore implements LimitStore {
    private final Cache<Bucket, io.github.bucket4j.Bucket> buckets;
    private final TimeMeter clock;

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
    public Taking takeNow(List<Bucket> asked) {
        @Nullable Taking refused = asked.size() > 1 ? refused(asked) : null;
        return refused == null ? taken(asked) : refused;
    }

    @Override
    public Mono<Taking> take(List<Bucket> asked) {
        return Mono.fromCallable(() -> takeNow(asked));
    }

    private @Nullable Taking refused(List<Bucket> asked) {
        List<Standing> refusing = new ArrayList<>(asked.size());
        for (Bucket bucket : asked) {
            io.github.bucket4j.@Nullable Bucket tokens = buckets.getIfPresent(bucket);
            if (tokens != null) {
                EstimationProbe probe = tokens.estimateAbilityToConsume(1);
                if (!probe.canBeConsumed()) {
                    refusing.add(standing(bucket, 0, probe.getNanosToWaitForRefill()));
                }
            }
        }
        return refusing.isEmpty() ? null : Taking.refused(refusing);
    }

    private Taking taken(List<Bucket> asked) {
        List<Standing> standings = new ArrayList<>(asked.size());
        for (int index = 0; index < asked.size(); index++) {
            Bucket bucket = asked.get(index);
            ConsumptionProbe probe = buckets.get(bucket, this::full).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                giveBack(asked.subList(0, index));
                return Taking.refused(List.of(standing(bucket, 0, probe.getNanosToWaitForRefill())));
            }
            standings.add(standing(bucket, probe.getRemainingTokens(), 0));
        }
        return Taking.taken(standings);
    }

    private static Standing standing(Bucket bucket, long left, long nanosToNext) {
        Limit limit = bucket.limit();
        return new Standing(limit, left, nanosToNext, limit.nanosFor(limit.burst() - left));
    }

    /** A bucket that started afresh in the meantime is full, and takes nothing back. */
    @Override
    public void giveBack(List<Bucket> taken) {
        for (Bucket bucket : taken) {
            io.github.bucket4j.@Nullable Bucket tokens = buckets.getIfPresent(bucket);
            if (tokens != null) {
                tokens.addTokens(1);
            }
        }
    }

    @Override
    public void count(List<Bucket> made) {
        for (Bucket bucket : made) {
            var unused = buckets.get(bucket, this::full).tryConsume(1);
        }
    }

    /** How many buckets are kept. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private io.github.bucket4j.Bucket full(Bucket bucket) {
        Limit limit = bucket.limit();
        Bandwidth bandwidth = Bandwidth.builder()
                .capacity(limit.burst())
                .refillGreedy(limit.permits(), limit.per())
                .build();
        return io.github.bucket4j.Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(clock)
                .build();
    }
}
