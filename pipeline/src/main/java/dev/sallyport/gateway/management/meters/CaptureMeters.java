package dev.sallyport.gateway.management.meters;

import dev.sallyport.capture.CaptureEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Calls that were to be captured, by what became of their lines. Thread-safe. */
public final class CaptureMeters implements CaptureEvents {
    private final MeterRegistry registry;

    /** Counters in a registry, made when they are first needed. */
    public CaptureMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void line(Result result) {
        Counter.builder("sallyport.capture.lines")
                .description("Calls that were to be captured, by result")
                .tags("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }
}
