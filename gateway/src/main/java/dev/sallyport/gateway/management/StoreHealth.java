package dev.sallyport.gateway.management;

import dev.sallyport.gateway.store.StoreAccess;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

/**
 * Whether the shared store is there. Shown and no more: a gateway without its store goes on serving as its settings say, so
 * neither its readiness nor its whole status goes down with it.
 */
public final class StoreHealth implements ReactiveHealthIndicator {
    private static final Status WITHOUT = new Status("DISCONNECTED");

    private final StoreAccess store;

    public StoreHealth(StoreAccess store) {
        this.store = store;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(this::now);
    }

    private Health now() {
        return store.address()
                .map(address -> (store.isConnected() ? Health.up() : Health.status(WITHOUT))
                        .withDetail("address", address)
                        .build())
                .orElseGet(() -> Health.unknown().withDetail("address", "none").build());
    }
}
