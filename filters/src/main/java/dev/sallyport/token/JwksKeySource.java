package dev.sallyport.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.Provider;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keys from the provider's JWKS endpoints. One fetch per issuer at a time; a failed, empty or broken answer never replaces a
 * good set; a set is used until it is too old to be trusted. Key ids that nobody knows lead to at most one fetch per
 * interval, whatever callers send.
 */
public final class JwksKeySource implements KeySource {
    private static final int MOST_ISSUERS = 1000;
    /** After a failed first fetch the next one waits this long, so that an outage is not answered with a storm. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JwksFetch fetch;
    private final Ages ages;
    private final @Nullable Provider provider;
    private final KeyEvents events;
    private final Clock clock;
    private final Cache<Issuer, Held> held =
            Caffeine.newBuilder().maximumSize(MOST_ISSUERS).build();

    /**
     * How old keys may get.
     *
     * @param refresh after this, fetched anew in the background
     * @param keep after this, not used any more, even if no newer ones are to be had
     * @param unknownKeyInterval at least this between two fetches that an unknown key id asks for
     */
    public record Ages(Duration refresh, Duration keep, Duration unknownKeyInterval) {}

    /** What is held of one issuer. */
    private static final class Held {
        private volatile @Nullable KeySet keys;
        private volatile Instant fetched = Instant.MIN;
        private volatile Instant tried = Instant.MIN;
        private final AtomicReference<@Nullable Mono<KeySet>> inFlight = new AtomicReference<>();
    }

    /**
     * A source without keys.
     *
     * @param provider does the arithmetic of verification; null for the JDK's choice
     */
    public JwksKeySource(JwksFetch fetch, Ages ages, @Nullable Provider provider, KeyEvents events, Clock clock) {
        this.fetch = fetch;
        this.ages = ages;
        this.provider = provider;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public @Nullable KeySet known(Issuer issuer) {
        @Nullable Held own = held.getIfPresent(issuer);
        @Nullable KeySet keys = own == null ? null : own.keys;
        if (own == null || keys == null) {
            return null;
        }
        Instant now = clock.instant();
        if (isOlder(own.fetched, ages.refresh(), now) && isOlder(own.tried, PAUSE, now)) {
            refreshed(issuer, own).subscribe();
        }
        return isOlder(own.fetched, ages.keep(), now) ? null : keys;
    }

    @Override
    public Mono<KeySet> newer(Issuer issuer, @Nullable KeySet stale) {
        return Mono.defer(() -> {
            Held own = held.get(issuer, ignored -> new Held());
            @Nullable KeySet keys = own.keys;
            Instant now = clock.instant();
            boolean usable = keys != null && !isOlder(own.fetched, ages.keep(), now);
            if (usable && keys != stale) {
                return Mono.justOrEmpty(keys);
            }
            Duration interval = usable ? ages.unknownKeyInterval() : PAUSE;
            boolean permitted = own.inFlight.get() != null || isOlder(own.tried, interval, now);
            return permitted ? refreshed(issuer, own) : Mono.empty();
        });
    }

    /** Fetches keys in the background from time to time, so that calls find them; for issuers known from settings. */
    public Mono<KeySet> warm(Issuer issuer) {
        return Mono.defer(() -> refreshed(issuer, held.get(issuer, ignored -> new Held())));
    }

    /** How old an issuer's keys are; empty if there are none. */
    public Optional<Duration> age(Issuer issuer) {
        @Nullable Held own = held.getIfPresent(issuer);
        return own == null || own.keys == null
                ? Optional.empty()
                : Optional.of(Duration.between(own.fetched, clock.instant()));
    }

    /** How many keys an issuer has. */
    public int count(Issuer issuer) {
        @Nullable Held own = held.getIfPresent(issuer);
        @Nullable KeySet keys = own == null ? null : own.keys;
        return keys == null ? 0 : keys.keyIds().size();
    }

    private static boolean isOlder(Instant then, Duration age, Instant now) {
        return then.equals(Instant.MIN) || then.plus(age).isBefore(now);
    }

    /** The one fetch in flight; every subscriber shares it, and none can cancel it for the others. */
    private Mono<KeySet> refreshed(Issuer issuer, Held own) {
        Mono<KeySet> fresh = Mono.defer(() -> fetch(issuer, own)).cache();
        @Nullable Mono<KeySet> running = own.inFlight.compareAndExchange(null, fresh);
        return running == null ? fresh : running;
    }

    private Mono<KeySet> fetch(Issuer issuer, Held own) {
        own.tried = clock.instant();
        return Mono.defer(() -> fetch.fetch(issuer)) // what it throws is a failed fetch like any other
                .publishOn(Schedulers.boundedElastic())
                .flatMap(this::parsed)
                .doOnNext(keys -> accept(issuer, own, keys))
                .doOnError(failure -> events.failed(issuer, failure.getClass().getSimpleName()))
                .onErrorResume(failure -> Mono.empty())
                .doFinally(signal -> own.inFlight.set(null));
    }

    private Mono<KeySet> parsed(String jwks) {
        try {
            return Mono.just(KeySet.parse(jwks, provider));
        } catch (ParseException broken) {
            return Mono.error(broken);
        }
    }

    private void accept(Issuer issuer, Held own, KeySet keys) {
        own.keys = keys;
        own.fetched = clock.instant();
        events.refreshed(issuer, keys);
    }
}
