package dev.sallyport.gateway.assembly;

import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.gateway.store.StoreAccess;
import dev.sallyport.ratelimit.LimitStore;
import dev.sallyport.ratelimit.LocalLimitStore;
import dev.sallyport.ratelimit.shared.SharedLimitStore;
import io.github.bucket4j.TimeMeter;
import reactor.core.scheduler.Schedulers;

/** Where calls are counted for limits: here, or in the store that gateways share. */
final class LimitStores {
    private LimitStores() {}

    static LimitStore of(RateLimitSettings settings, StoreAccess store) {
        return switch (settings.store()) {
            case LOCAL -> local(settings);
            case REDIS ->
                new SharedLimitStore(
                        store.shared().orElseThrow(() -> new IllegalStateException("no store is set")),
                        local(settings),
                        settings,
                        new SharedLimitStore.Time(System::nanoTime, Schedulers.parallel()));
        };
    }

    static LimitStore local(RateLimitSettings settings) {
        return new LocalLimitStore(settings.maxBuckets(), TimeMeter.SYSTEM_NANOTIME);
    }
}
