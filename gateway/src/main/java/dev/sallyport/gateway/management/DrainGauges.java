package dev.sallyport.gateway.management;

import dev.sallyport.gateway.drain.Drain;
import dev.sallyport.gateway.http.connection.OpenConnections;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What is open and in flight, and whether the gateway stops. */
public final class DrainGauges implements MeterBinder {
    private final OpenConnections connections;
    private final Drain drain;

    public DrainGauges(OpenConnections connections, Drain drain) {
        this.connections = connections;
        this.drain = drain;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("sallyport.connections.open", connections, OpenConnections::count)
                .description("Open connections of callers")
                .register(registry);
        Gauge.builder("sallyport.requests.in.flight", connections, OpenConnections::requests)
                .description("Requests that have begun to come and were not answered")
                .register(registry);
        Gauge.builder("sallyport.draining", drain, it -> it.hasBegun() ? 1 : 0)
                .description("1 from the signal on that stops the gateway")
                .register(registry);
    }
}
