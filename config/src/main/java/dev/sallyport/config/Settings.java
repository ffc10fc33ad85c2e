package dev.sallyport.config;

import dev.sallyport.config.caller.CallersSettings;
import dev.sallyport.config.concurrency.ConcurrencySettings;
import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.idempotency.IdempotencySettings;
import dev.sallyport.config.idempotency.IdempotencyStore;
import dev.sallyport.config.limit.RateLimitSettings;
import dev.sallyport.config.limit.RateLimitStore;
import dev.sallyport.config.provider.ProviderSettings;
import dev.sallyport.config.store.StoreSettings;
import dev.sallyport.config.telemetry.TelemetrySettings;
import dev.sallyport.config.token.SessionTokenSettings;
import dev.sallyport.config.value.AddressRange;
import dev.sallyport.config.value.InvalidSetting;
import dev.sallyport.config.value.Require;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that an operator can say, under the key {@code sallyport}.
 *
 * @param provider whom the gateway stands in front of
 * @param callers who may call, where the gateway alone holds the provider's secrets; default none
 * @param contracts what broken contracts lead to
 * @param sessionToken the session token in replies
 * @param telemetry device telemetry
 * @param deadline for everything from the head of the request to the whole reply; default 10 s
 * @param deadlines what differs, by operation id; flat, for the reason that {@link ContractSettings} gives, and texts, since only
 *     of such are keys with dots read
 * @param retry making a call once more where nothing is done twice by it
 * @param circuitBreaker when the provider is left alone for a while
 * @param concurrency how many calls may be with the provider at a time
 * @param store what gateways share their counts in; default none
 * @param otherCalls routes for calls of the provider that no contract knows; default none
 * @param rateLimits how often the gateway may be called
 * @param idempotency calls with an {@code Idempotency-Key}
 * @param keptReplies replies that the gateway gives once more
 * @param request what a caller may send
 * @param drain how the gateway stops
 * @param reload taking up changes without a restart
 * @param capture calls kept for replay, masked; off unless a file is named
 * @param serverTiming whether trusted callers are told in {@code Server-Timing} where the time of their calls went; default no
 * @param trustedCallers addresses and networks of callers who may choose the id of their calls; default none
 * @param logs what is written of calls
 * @param tracing traces of calls
 * @param egress where the gateway may connect to
 * @param management the management port
 */
public record Settings(
        ProviderSettings provider,
        CallersSettings callers,
        ContractSettings contracts,
        SessionTokenSettings sessionToken,
        TelemetrySettings telemetry,
        Duration deadline,
        Map<String, String> deadlines,
        RetrySettings retry,
        CircuitBreakerSettings circuitBreaker,
        ConcurrencySettings concurrency,
        StoreSettings store,
        List<OtherCallSettings> otherCalls,
        RateLimitSettings rateLimits,
        IdempotencySettings idempotency,
        KeptReplySettings keptReplies,
        RequestSettings request,
        DrainSettings drain,
        ReloadSettings reload,
        CaptureSettings capture,
        Boolean serverTiming,
        List<String> trustedCallers,
        LogSettings logs,
        TracingSettings tracing,
        EgressSettings egress,
        ManagementSettings management) {
    /** Where all of this stands. */
    public static final String PREFIX = "sallyport";

    @SuppressWarnings("NullAway") // only the binder passes null, and it means: not given
    public Settings {
        deadline = Require.orElse(deadline, Duration.ofSeconds(10));
        requireDeadline("sallyport.deadline", deadline);
        deadlines = Map.copyOf(Require.orElse(deadlines, Map.of()));
        deadlines.forEach(Settings::ofOperation);
        provider = provider == null
                ? new ProviderSettings(null, null, Optional.empty(), null, null, null, null, Optional.empty(), null)
                : provider;
        callers = Require.orElse(callers, CallersSettings.none());
        contracts = Require.orElse(contracts, ContractSettings.defaults());
        sessionToken = Require.orElse(sessionToken, SessionTokenSettings.defaults());
        telemetry = Require.orElse(telemetry, TelemetrySettings.defaults());
        retry = Require.orElse(retry, RetrySettings.defaults());
        circuitBreaker = Require.orElse(circuitBreaker, CircuitBreakerSettings.defaults());
        concurrency = Require.orElse(concurrency, ConcurrencySettings.defaults());
        store = Require.orElse(store, StoreSettings.defaults());
        otherCalls = Require.copy(otherCalls);
        requireDistinct(otherCalls);
        rateLimits = Require.orElse(rateLimits, RateLimitSettings.defaults());
        idempotency = Require.orElse(idempotency, IdempotencySettings.defaults());
        keptReplies = Require.orElse(keptReplies, KeptReplySettings.defaults());
        request = Require.orElse(request, RequestSettings.defaults());
        drain = Require.orElse(drain, DrainSettings.defaults());
        reload = Require.orElse(reload, ReloadSettings.defaults());
        capture = Require.orElse(capture, CaptureSettings.defaults());
        serverTiming = Require.orElse(serverTiming, false);
        trustedCallers = Require.copy(trustedCallers);
        trustedCallers.forEach(Settings::requireAddress);
        logs = Require.orElse(logs, LogSettings.defaults());
        tracing = Require.orElse(tracing, TracingSettings.defaults());
        egress = Require.orElse(egress, EgressSettings.defaults());
        management = Require.orElse(management, ManagementSettings.defaults());
        if (idempotency.isOn()) {
            idempotency.requireKeptBeyond(longest(deadline, deadlines));
        }
        if (idempotency.isOn() && idempotency.store() == IdempotencyStore.REDIS) {
            requireStore(idempotency, store);
        }
        if (rateLimits.store() == RateLimitStore.REDIS && store.url().isEmpty()) {
            throw new InvalidSetting(
                    "sallyport.store.url",
                    "a URL such as redis://127.0.0.1:6379, because limits are counted there",
                    "missing");
        }
        CallerRules.check(provider, callers, rateLimits);
        if (telemetry.looksUp()) {
            requireLookup(provider, telemetry.timeout(), deadline);
        }
        drain.graceBeyond(longest(deadline, deadlines));
    }

    /** How long calls that are in flight when the gateway stops may take. */
    public Duration drainGrace() {
        return drain.graceBeyond(longestDeadline());
    }

    /** What a call of any operation has at most. */
    public Duration longestDeadline() {
        return longest(deadline, deadlines);
    }

    private static Duration longest(Duration deadline, Map<String, String> deadlines) {
        return deadlines.entrySet().stream()
                .map(own -> ofOperation(own.getKey(), own.getValue()))
                .filter(own -> own.compareTo(deadline) > 0)
                .max(Comparator.naturalOrder())
                .orElse(deadline);
    }

    /** What a call of an operation has at most. */
    public Duration deadline(String operation) {
        @Nullable String own = deadlines.get(operation);
        return own == null ? deadline : ofOperation(operation, own);
    }

    private static Duration ofOperation(String id, String written) {
        String key = "sallyport.deadlines." + id;
        return requireDeadline(key, Require.duration(key, written));
    }

    private static Duration requireDeadline(String key, Duration deadline) {
        return Require.between(key, deadline, Duration.ofMillis(100), Duration.ofMinutes(2));
    }

    private static void requireAddress(String written) {
        try {
            AddressRange.parse(written);
        } catch (IllegalArgumentException none) {
            throw new InvalidSetting(
                    "sallyport.trusted-callers",
                    "addresses such as 192.0.2.7, or networks such as 10.0.0.0/8",
                    written);
        }
    }

    private static void requireDistinct(List<OtherCallSettings> routes) {
        Set<String> ids = new HashSet<>();
        routes.forEach(route -> {
            if (!ids.add(route.id())) {
                throw new InvalidSetting(OtherCallSettings.KEY, "a list without duplicates", route.id() + " twice");
            }
        });
    }

    /** Gateways that share what they remember need a store, and the same keys to read it with. */
    private static void requireStore(IdempotencySettings idempotency, StoreSettings store) {
        if (store.url().isEmpty()) {
            throw new InvalidSetting(
                    "sallyport.store.url", "there, because sallyport.idempotency.store is redis", "missing");
        }
        if (idempotency.keys().isEmpty()) {
            throw new InvalidSetting(
                    "sallyport.idempotency.keys", "there, because sallyport.idempotency.store is redis", "missing");
        }
    }

    private static void requireLookup(ProviderSettings provider, Duration timeout, Duration deadline) {
        if (provider.fraudBaseUrl().isEmpty()) {
            throw new InvalidSetting(
                    "sallyport.provider.fraud-base-url",
                    "a URL such as https://devices.example.com, because telemetry ids are looked up",
                    "missing");
        }
        if (timeout.compareTo(deadline) >= 0) {
            throw new InvalidSetting(
                    "sallyport.telemetry.timeout",
                    "less than sallyport.deadline, which is " + Require.shown(deadline),
                    Require.shown(timeout));
        }
    }
}
