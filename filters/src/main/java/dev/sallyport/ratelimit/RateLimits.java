package dev.sallyport.ratelimit;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.config.caller.CallerSettings;
import dev.sallyport.config.limit.LimitKey;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.contract.Contract;
import dev.sallyport.ratelimit.CallLimitFilter.Proof;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** The limits of the settings, for all operations: a limit counts a caller's calls together. */
public final class RateLimits {
    private final List<Limit> ofAddresses;
    private final CallBuckets ofCalls;
    private final Permits permits;
    private final GoodCredentials good = new GoodCredentials(Ticker.systemTicker());

    public RateLimits(RateLimitSettings settings, LimitStore store, RateLimitEvents events) {
        this(settings, List.of(), store, events);
    }

    /** @param callers some of whom have limits of their own */
    public RateLimits(
            RateLimitSettings settings, List<CallerSettings> callers, LimitStore store, RateLimitEvents events) {
        List<Limit> limits = settings.limits().stream().map(Limit::of).toList();
        this.ofAddresses = limits.stream()
                .filter(limit -> limit.key().equals(LimitKey.ADDRESS))
                .toList();
        this.ofCalls = new CallBuckets(
                limits.stream()
                        .filter(limit -> !limit.key().equals(LimitKey.ADDRESS))
                        .toList(),
                own(callers));
        this.permits = new Permits(store, new RateLimitFields(settings.headers()), events);
    }

    private static Map<String, List<Limit>> own(List<CallerSettings> callers) {
        return callers.stream()
                .filter(caller -> !caller.limits().isEmpty())
                .collect(Collectors.toMap(
                        CallerSettings::name,
                        caller -> caller.limits().stream()
                                .map(own -> Limit.of(caller, own))
                                .toList()));
    }

    /** Before anything of a call is looked at. */
    public Optional<Filter<Call>> byAddress() {
        return ofAddresses.isEmpty()
                ? Optional.empty()
                : Optional.of(new AddressLimitFilter(ofAddresses, permits, good));
    }

    /** Puts back what this gateway holds of limits that are shared, before it ends. */
    public Mono<Void> giveAllBack() {
        return permits.giveAllBack();
    }

    /** Behind the first door. */
    public Optional<Filter<ReadCall>> byCall(Contract contract) {
        return byCall(contract.metadata().publishesKeys() ? Proof.NONE : Proof.OF_SUCCESS);
    }

    /** The same for calls that no contract knows. */
    public Optional<Filter<ReadCall>> byOtherCall() {
        return byCall(Proof.OF_OTHERS);
    }

    private Optional<Filter<ReadCall>> byCall(Proof proof) {
        return ofCalls.areNone() ? Optional.empty() : Optional.of(new CallLimitFilter(ofCalls, permits, good, proof));
    }
}
