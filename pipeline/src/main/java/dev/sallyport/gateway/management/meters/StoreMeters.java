package dev.sallyport.gateway.management.meters;

import dev.sallyport.gateway.log.Causes;
import dev.sallyport.gateway.store.StoreEvents;
import dev.sallyport.store.StoreFailure.Fault;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked of the shared store, and whether it is there: meters, a line when it is lost, one for each cause, and one when it is back. Thread-safe. */
public final class StoreMeters implements StoreEvents {
    private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport.store");
    private static final String ANSWERED = "answered";
    private static final int MOST_CAUSES = 10;
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(250_000), Duration.ofNanos(500_000), Duration.ofMillis(1), Duration.ofNanos(2_500_000),
        Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
        Duration.ofMillis(100), Duration.ofMillis(500),
    };

    private final MeterRegistry registry;
    private final Map<Asked, Timer> timers = new ConcurrentHashMap<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicBoolean isShown = new AtomicBoolean();
    /** Why it could not be reached since it last was. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private record Asked(String script, String result) {}

    /** Meters in a registry; the one of the connection is there once there is something to tell of it. */
    public StoreMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void asked(String script, long nanos, @Nullable Fault fault) {
        timers.computeIfAbsent(new Asked(script, fault == null ? ANSWERED : fault.label()), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Asked asked) {
        return Timer.builder("sallyport.store")
                .description("Scripts on the store that gateways share, by result")
                .tags("script", asked.script(), "result", asked.result())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public void connected() {
        connection(1);
        told.clear();
        LOG.info("The shared store is connected");
    }

    @Override
    public void lost() {
        connection(0);
        LOG.warn("The connection to the shared store is lost; another is being made");
    }

    @Override
    public void unreachable(Throwable cause) {
        connection(0);
        String why = Causes.told(cause);
        if (told.size() < MOST_CAUSES && told.add(why)) {
            LOG.atWarn()
                    .addKeyValue("cause", why)
                    .log("The shared store cannot be reached; it is tried again and again");
        }
    }

    private void connection(int now) {
        connected.set(now);
        if (isShown.compareAndSet(false, true)) {
            Gauge.builder("sallyport.store.connected", connected, AtomicInteger::get)
                    .description("Whether there is a connection to the store that gateways share")
                    .register(registry);
        }
    }
}
