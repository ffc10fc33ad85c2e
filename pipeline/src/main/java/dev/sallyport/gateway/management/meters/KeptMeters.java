package dev.sallyport.gateway.management.meters;

import dev.sallyport.gateway.log.LineWindows;
import dev.sallyport.gateway.log.RepeatedLines;
import dev.sallyport.gateway.log.RepeatedLines.Bounds;
import dev.sallyport.kept.KeptEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replies that were given once more, as counters; in the log, those that stand in for one that the provider does not give. Thread-safe. */
public final class KeptMeters implements KeptEvents {
    private static final Bounds BOUNDS = new Bounds(1, Duration.ofMinutes(10), 100);
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.calls");

    private final MeterRegistry registry;
    private final RepeatedLines<String> lines;

    /**
     * Counters in a registry, made when they are first needed.
     *
     * @param windows those of repeated lines
     */
    public KeptMeters(MeterRegistry registry, LineWindows windows) {
        this.registry = registry;
        this.lines = new RepeatedLines<>(BOUNDS, "(other)", windows, KeptMeters::summedUp);
    }

    @Override
    public void kept(String operation, Kept what) {
        Counter.builder("sallyport.kept.replies")
                .description("Calls whose reply may be one that was kept, by what was given")
                .tags("operation", operation, "result", what.label())
                .register(registry)
                .increment();
        if (what == Kept.STALE && lines.isInFull(operation)) {
            LOG.atWarn()
                    .addKeyValue("operation", operation)
                    .log("The provider gives no reply: the last good one is given once more");
        }
    }

    private static void summedUp(String operation, String more) {
        LOG.atWarn().addKeyValue("operation", operation).log("Kept replies were given: {}", more);
    }
}
