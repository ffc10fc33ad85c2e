package dev.sallyport.config.limit;

import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Limits on how often the gateway may be called.
 *
 * @param store where calls are counted; default local
 * @param onStoreFailure what becomes of calls while the shared store does not answer; default local
 * @param lease permits that are taken of the shared store ahead
 * @param headers what answers say of limits
 * @param limits all of them hold; default none
 * @param followProvider whether the provider's own 429s hold further calls back; default yes
 * @param maxBuckets how many counters are kept in all; default 10,000
 */
public record RateLimitSettings(
        RateLimitStore store,
        OnStoreFailure onStoreFailure,
        LeaseSettings lease,
        LimitHeaderSettings headers,
        Boolean followProvider,
        List<LimitSettings> limits,
        Long maxBuckets) {
    public RateLimitSettings {
        store = Require.orElse(store, RateLimitStore.LOCAL);
        onStoreFailure = Require.orElse(onStoreFailure, OnStoreFailure.LOCAL);
        lease = Require.orElse(lease, LeaseSettings.defaults());
        headers = Require.orElse(headers, LimitHeaderSettings.defaults());
        followProvider = Require.orElse(followProvider, true);
        limits = Require.copy(limits);
        maxBuckets = Require.orElse(maxBuckets, 10_000L);
        Require.between("sallyport.rate-limits.max-buckets", maxBuckets, 1, 10_000_000);
        Set<String> names = new HashSet<>();
        limits.forEach(limit -> {
            if (!names.add(limit.name())) {
                throw new InvalidSetting(
                        "sallyport.rate-limits.limits", "a list without duplicate names", limit.name() + " twice");
            }
        });
    }

    /** All defaults. */
    public static RateLimitSettings defaults() {
        return new RateLimitSettings(
                RateLimitStore.LOCAL,
                OnStoreFailure.LOCAL,
                LeaseSettings.defaults(),
                LimitHeaderSettings.defaults(),
                true,
                List.of(),
                10_000L);
    }
}
