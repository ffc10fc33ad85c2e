package dev.sallyport.gateway.management;

import dev.sallyport.gateway.loop.DirectMemory;
import dev.sallyport.gateway.loop.LoopLag;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What the gateway itself has to carry. */
public final class LoadGauges implements MeterBinder {
    private static final double NANOS = 1e9;

    private final LoopLag lag;

    public LoadGauges(LoopLag lag) {
        this.lag = lag;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("sallyport.event.loop.lag", lag, loops -> loops.worst() / NANOS)
                .description("How far the event loop is behind that is furthest behind")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("sallyport.direct.memory.used", DirectMemory::used)
                .description("Direct memory of Netty's that is in use")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("sallyport.direct.memory.max", DirectMemory::most)
                .description("Direct memory that Netty may use")
                .baseUnit("bytes")
                .register(registry);
    }
}
