package dev.sallyport.ratelimit.shared;

import dev.sallyport.config.limit.LeaseSettings;
import dev.sallyport.config.limit.LimitHeaderSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.limit.OnStoreFailure;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.config.limit.RateLimitStore;
import dev.sallyport.config.value.Percent;
import dev.sallyport.ratelimit.Bucket;
import dev.sallyport.ratelimit.Limit;
import dev.sallyport.ratelimit.LocalLimitStore;
import dev.sallyport.ratelimit.Taking;
import dev.sallyport.ratelimit.Taking.Outcome;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Gateways with one store, by one clock that the test turns. */
final class SharedLimitRig {
    final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    final BucketsInMemory store = new BucketsInMemory(() -> nanos() / 1000);
    private final LocalLimitStore local = new LocalLimitStore(100, TimeMeter.SYSTEM_NANOTIME);

    long nanos() {
        return clock.now(java.util.concurrent.TimeUnit.NANOSECONDS);
    }

    SharedLimitStore gateway(int share, OnStoreFailure policy) {
        return gateway(share, policy, this::nanos);
    }

    SharedLimitStore gateway(int share, OnStoreFailure policy, LongSupplier nanos) {
        var settings = new RateLimitSettings(
                RateLimitStore.REDIS,
                policy,
                new LeaseSettings(new Percent(share), Duration.ofSeconds(1)),
                new LimitHeaderSettings(true, false),
                true,
                List.of(),
                1000L);
        return new SharedLimitStore(store, local, settings, new SharedLimitStore.Time(nanos, clock));
    }

    static int calls(SharedLimitStore gateway, List<Bucket> buckets, int count) {
        int passed = 0;
        for (int call = 0; call < count; call++) {
            passed += take(gateway, buckets).outcome() == Outcome.TAKEN ? 1 : 0;
        }
        return passed;
    }

    static Taking take(SharedLimitStore gateway, List<Bucket> buckets) {
        @Nullable Taking now = gateway.takeNow(buckets);
        return now == null ? Objects.requireNonNull(gateway.take(buckets).block()) : now;
    }

    static Limit anHour(String name, int burst) {
        return new Limit(name, LimitKey.PROJECT, 1, Duration.ofHours(1), burst);
    }

    static Limit limit(int permits, int burst) {
        return limit("limit", permits, burst);
    }

    static Limit limit(String name, int permits, int burst) {
        return new Limit(name, LimitKey.PROJECT, permits, Duration.ofSeconds(1), burst);
    }

    static List<Bucket> bucket(Limit limit) {
        return List.of(new Bucket(limit, "key"));
    }
}
