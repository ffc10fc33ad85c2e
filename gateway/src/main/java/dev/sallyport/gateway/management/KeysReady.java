package dev.sallyport.gateway.management;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Ready once the keys of every listed project were fetched; from then on for good. A later outage of the provider's key
 * endpoint takes no instance out of service: the keys at hand go on serving.
 */
public final class KeysReady implements ReactiveHealthIndicator {
    private final AtomicBoolean ready = new AtomicBoolean();

    /** The keys are here. */
    public void ready() {
        ready.set(true);
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(this::now);
    }

    private Health now() {
        return ready.get()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("waitingFor", "session keys of the listed projects")
                        .build();
    }
}
