package dev.sallyport.ratelimit;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.config.RateLimitSettings;
import dev.sallyport.contract.Contract;
import io.github.bucket4j.TimeMeter;
import java.util.List;
import java.util.Optional;

/** The limits of the settings, for all operations: a limit counts a caller's calls together. */
public final class RateLimits {
    private final Permits ofAddresses;
    private final Permits ofProjects;
    private final GoodCredentials good = new GoodCredentials(Ticker.systemTicker());

    public RateLimits(RateLimitSettings settings, RateLimitEvents events) {
        LimitStore store =
                switch (settings.store()) {
                    case LOCAL -> new LocalLimitStore(settings.maxBuckets(), TimeMeter.SYSTEM_NANOTIME);
                };
        this.ofAddresses = permits(settings, Limit.Key.ADDRESS, store, events);
        this.ofProjects = permits(settings, Limit.Key.PROJECT, store, events);
    }

    private static Permits permits(
            RateLimitSettings settings, Limit.Key key, LimitStore store, RateLimitEvents events) {
        List<Limit> limits = settings.limits().stream()
                .filter(limit -> Limit.Key.valueOf(limit.key().name()) == key)
                .map(limit -> new Limit(limit.name(), key, limit.permits(), limit.per(), limit.burst()))
                .toList();
        return new Permits(limits, store, events);
    }

    /** Before anything of a call is looked at. */
    public Optional<Filter<Call>> byAddress() {
        return ofAddresses.areUnlimited() ? Optional.empty() : Optional.of(new AddressLimitFilter(ofAddresses));
    }

    /** Behind the first door. */
    public Optional<Filter<ReadCall>> byProject(Contract contract) {
        boolean needsSecret = !contract.metadata().publishesKeys();
        return ofProjects.areUnlimited()
                ? Optional.empty()
                : Optional.of(new ProjectLimitFilter(ofProjects, good, needsSecret));
    }
}
