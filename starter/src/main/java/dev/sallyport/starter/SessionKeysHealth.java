package dev.sallyport.starter;

import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.fetch.JwksKeySource;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Up once the keys of every listed project were fetched; from then on for good, since keys at hand go on serving. */
final class SessionKeysHealth implements ReactiveHealthIndicator {
    private final JwksKeySource keys;
    private final Map<String, List<Issuer>> issuers;

    /** @param issuers by project: wherever its keys may be published */
    SessionKeysHealth(JwksKeySource keys, Map<String, List<Issuer>> issuers) {
        this.keys = keys;
        this.issuers = Map.copyOf(issuers);
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> isUp()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("waitingFor", "session keys of the listed projects")
                        .build());
    }

    private boolean isUp() {
        return issuers.values().stream()
                .allMatch(published -> published.stream().anyMatch(keys::hadKeys));
    }
}
