package dev.sallyport.gateway.assembly;

import dev.sallyport.config.RateLimitSettings;
import dev.sallyport.ratelimit.Limit;
import dev.sallyport.ratelimit.LocalLimitStore;
import dev.sallyport.ratelimit.RateLimitEvents;
import dev.sallyport.ratelimit.RateLimitFilter;
import io.github.bucket4j.TimeMeter;
import java.util.List;
import java.util.Optional;

/** The limits of the settings as one filter for all operations: a limit counts a caller's calls together. */
final class RateLimits {
    private RateLimits() {}

    static Optional<RateLimitFilter> of(RateLimitSettings settings, RateLimitEvents events) {
        List<Limit> limits = settings.limits().stream()
                .map(limit -> new Limit(
                        limit.name(),
                        Limit.Key.valueOf(limit.key().name()),
                        limit.permits(),
                        limit.per(),
                        limit.burst()))
                .toList();
        var store = new LocalLimitStore(settings.maxBuckets(), TimeMeter.SYSTEM_NANOTIME);
        return limits.isEmpty() ? Optional.empty() : Optional.of(new RateLimitFilter(limits, store, events));
    }
}
