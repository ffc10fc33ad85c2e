package dev.sallyport.gateway.generation;

import dev.sallyport.caller.Callers;
import dev.sallyport.config.Settings;
import dev.sallyport.gateway.edge.ServingSnapshot;
import dev.sallyport.idempotency.Idempotency;
import dev.sallyport.kept.LastGoodReplies;
import dev.sallyport.overload.ConcurrencyLimiter;
import dev.sallyport.ratelimit.RateLimits;
import dev.sallyport.resilience.ProviderBreaker;
import dev.sallyport.resilience.RetryBudget;
import dev.sallyport.resilience.hold.ProviderHolds;
import dev.sallyport.telemetry.lookup.FingerprintLookup;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All that was made of one reading of settings and contracts. A reload puts the next in its place; calls in flight keep the
 * one that they began with. Immutable but for the counting of what it holds.
 *
 * @param number 1 at the start
 * @param serving what calls meet
 */
public record Generation(int number, Instant since, Sources sources, Memory memory, ServingSnapshot serving) {
    /** What it was made of. */
    public record Sources(Settings settings, LoadedPack pack) {}

    /**
     * What remembers earlier calls, and goes on to the next generation where its settings are the same.
     *
     * @param limits remember how often there were calls
     * @param holds remember what the provider limits
     * @param retries remembers how many were made
     * @param concurrency remembers how many calls are in flight, and how many may be
     * @param lookup remembers verdicts
     * @param breaker remembers how lookups went, if there are any
     * @param breakers remember how calls went, by the group of their operations
     * @param idempotency remembers calls with keys, if that is on
     * @param lastGood remembers replies that may be given once more
     * @param callers those of the settings, if the gateway's own credentials go to the provider
     */
    public record Memory(
            RateLimits limits,
            ProviderHolds holds,
            RetryBudget retries,
            ConcurrencyLimiter concurrency,
            FingerprintLookup lookup,
            Optional<CircuitBreaker> breaker,
            Map<String, ProviderBreaker> breakers,
            Optional<Idempotency> idempotency,
            LastGoodReplies lastGood,
            Optional<Callers> callers) {
        public Memory {
            breakers = Map.copyOf(breakers);
        }
    }

    public Settings settings() {
        return sources.settings();
    }

    public LoadedPack pack() {
        return sources.pack();
    }
}
