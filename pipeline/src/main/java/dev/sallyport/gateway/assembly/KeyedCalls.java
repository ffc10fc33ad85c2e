package dev.sallyport.gateway.assembly;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.config.Settings;
import dev.sallyport.config.idempotency.IdempotencySettings;
import dev.sallyport.config.idempotency.OnStoreFailure;
import dev.sallyport.gateway.loop.LoopScheduler;
import dev.sallyport.idempotency.ClaimStore;
import dev.sallyport.idempotency.Idempotency;
import dev.sallyport.idempotency.IdempotencyEvents;
import dev.sallyport.idempotency.LocalClaimStore;
import dev.sallyport.idempotency.SharedClaimStore;
import dev.sallyport.store.SharedStore;
import dev.sallyport.store.StoreFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Calls with an {@code Idempotency-Key}, as the settings have them. */
final class KeyedCalls {
    /** They say what the body is, and how it may be kept. */
    private static final List<String> OF_THE_BODY =
            List.of("content-type", "content-language", "cache-control", "pragma");

    /** Of pipelines that are only looked at. */
    private static final SharedStore NEVER_ASKED =
            (script, keys, arguments, late) -> Mono.error(new StoreFailure(StoreFailure.Fault.DISCONNECTED, null));

    private KeyedCalls() {}

    /** What remembers them; empty if they are like any other. */
    static Optional<Idempotency> of(Settings settings, Optional<SharedStore> shared, IdempotencyEvents events) {
        IdempotencySettings keyed = settings.idempotency();
        var terms = new Idempotency.Terms(keyed.lease(), keyed.keep(), keyed.onStoreFailure() == OnStoreFailure.ALLOW);
        return keyed.isOn()
                ? Optional.of(
                        new Idempotency(keyed.keyBytes(), store(keyed, shared), terms, events, new LoopScheduler()))
                : Optional.empty();
    }

    private static ClaimStore store(IdempotencySettings keyed, Optional<SharedStore> shared) {
        return switch (keyed.store()) {
            case LOCAL ->
                new LocalClaimStore(
                        new LocalClaimStore.Bounds(
                                keyed.lease(),
                                keyed.keep(),
                                keyed.maxEntries(),
                                keyed.maxAnswers().bytes()),
                        Ticker.systemTicker());
            case REDIS ->
                new SharedClaimStore(
                        shared.orElse(NEVER_ASKED),
                        new SharedClaimStore.Terms(
                                keyed.lease(), keyed.keep(), keyed.onStoreFailure() == OnStoreFailure.REFUSE),
                        Schedulers.parallel());
        };
    }

    /** Names of the header fields that a stored answer has: of the provider's, and what the gateway says of the device. */
    static Set<String> keptFields(Settings settings) {
        var results = settings.telemetry().results();
        Stream<String> ofDevice = results.toCaller() ? results.headers().stream() : Stream.empty();
        return Stream.concat(OF_THE_BODY.stream(), ofDevice).collect(Collectors.toUnmodifiableSet());
    }
}
