package dev.sallyport.gateway.management.meters;

import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.log.RepeatedLines;
import dev.sallyport.gateway.log.RepeatedLines.Bounds;
import dev.sallyport.ratelimit.RateLimitEvents;
import dev.sallyport.resilience.hold.ProviderHoldEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that a limit refused: one of ours, by its name in the settings, or one of the provider's, which is told in the log when it
 * begins. Thread-safe.
 */
public final class RateLimitMeters implements RateLimitEvents, ProviderHoldEvents {
    private static final Bounds BOUNDS = new Bounds(20, Duration.ofSeconds(10), 100);
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.calls");

    private final MeterRegistry registry;
    private final RepeatedLines<String> lines;

    /**
     * Counters in a registry, made when they are first needed.
     *
     * @param windows those of repeated lines
     */
    public RateLimitMeters(MeterRegistry registry, LineWindows windows) {
        this.registry = registry;
        this.lines = new RepeatedLines<>(BOUNDS, "(other)", windows, RateLimitMeters::summedUp);
    }

    @Override
    public void limited(String limit) {
        Counter.builder("sallyport.rate.limited")
                .description("Calls that a limit refused")
                .tags("limit", limit)
                .register(registry)
                .increment();
    }

    @Override
    public void holdBegan(String operation, Duration time) {
        Counter.builder("sallyport.provider.holds")
                .description("Times from which on calls were held back after the provider's own 429")
                .tags("operation", operation)
                .register(registry)
                .increment();
        if (lines.isInFull(operation)) {
            LOG.atWarn()
                    .addKeyValue("operation", operation)
                    .addKeyValue("millis", time.toMillis())
                    .log("The provider limits calls: those with the same credentials are held back");
        }
    }

    private static void summedUp(String operation, String more) {
        LOG.atWarn().addKeyValue("operation", operation).log("The provider limits calls: {}", more);
    }

    @Override
    public void heldBack(String operation) {
        Counter.builder("sallyport.held.calls")
                .description("Calls that were held back after the provider's own 429")
                .tags("operation", operation)
                .register(registry)
                .increment();
    }
}
