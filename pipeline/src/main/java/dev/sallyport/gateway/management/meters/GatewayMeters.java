package dev.sallyport.gateway.management.meters;

import dev.sallyport.gateway.log.FailureWatch;
import dev.sallyport.gateway.log.LineWindows;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The meters that hear of what filters and edges tell, one per slice; the same over every reload. Those of refusals, shed
 * calls, session tokens and key fetches are there from the start, since Prometheus cannot see the first rise of a series that begins with it;
 * all others are made when they are first needed.
 *
 * @param lookups hears of lookups of devices that fail
 */
public record GatewayMeters(
        CallMeters calls,
        ContractMeters contracts,
        TokenMeters tokens,
        KeyMeters keys,
        RetryMeters retries,
        CallerMeters callers,
        RateLimitMeters limits,
        OverloadMeters overload,
        StoreMeters store,
        IdempotencyMeters idempotency,
        KeptMeters kept,
        CaptureMeters captures,
        RefusalMeters refusals,
        FailureWatch lookups) {
    /**
     * All of them in one registry.
     *
     * @param windows those of repeated lines
     */
    public static GatewayMeters in(MeterRegistry registry, LineWindows windows) {
        return in(registry, windows, new Exemplars());
    }

    /**
     * All of them in one registry.
     *
     * @param windows those of repeated lines
     * @param exemplars knows whose call is being recorded
     */
    public static GatewayMeters in(MeterRegistry registry, LineWindows windows, Exemplars exemplars) {
        var calls = new CallMeters(registry, exemplars);
        return new GatewayMeters(
                calls,
                new ContractMeters(registry),
                new TokenMeters(registry),
                new KeyMeters(registry, windows),
                new RetryMeters(registry),
                new CallerMeters(registry),
                new RateLimitMeters(registry, windows),
                new OverloadMeters(registry),
                new StoreMeters(registry),
                new IdempotencyMeters(registry),
                new KeptMeters(registry, windows),
                new CaptureMeters(registry),
                new RefusalMeters(registry, calls, windows),
                TelemetryMeters.watch());
    }
}
