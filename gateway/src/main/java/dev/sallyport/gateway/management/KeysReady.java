package dev.sallyport.gateway.management;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Ready once the keys of every listed project were fetched, and those of the issuer of callers' tokens; from then on for good. A later outage of the provider's key
 * endpoint takes no instance out of service: the keys at hand go on serving.
 */
public final class KeysReady implements ReactiveHealthIndicator {
    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicBoolean callersReady;

    /** @param waitsForCallers whether there is an issuer of callers' tokens */
    public KeysReady(boolean waitsForCallers) {
        this.callersReady = new AtomicBoolean(!waitsForCallers);
    }

    /** The session keys are here. */
    public void ready() {
        ready.set(true);
    }

    /** The keys of the issuer of callers' tokens are here. */
    public void callersReady() {
        callersReady.set(true);
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(this::now);
    }

    private Health now() {
        if (ready.get() && callersReady.get()) {
            return Health.up().build();
        }
        String missing = ready.get() ? "keys of the issuer of callers' tokens" : "session keys of the listed projects";
        return Health.outOfService().withDetail("waitingFor", missing).build();
    }
}
