package dev.sallyport.token.keys.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.call.CallSpan;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.fetch.IssuerKeys.InFlightFetch;
import dev.sallyport.token.keys.fetch.KeyEvents.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What happens to calls of an issuer whose key id is unknown: they share the fetch on its way, or have one made, or wait a
 * little until one is permitted. Whatever key ids are made up, fetches, memory and waiting calls stay bounded. A call that
 * had to wait goes on where it belongs, not on the thread that keys were parsed or time was kept on.
 */
final class UnknownKids {
    /** So many may wait for a fetch that is not permitted yet; the rest are refused at once. */
    private static final int MOST_WAITING = 256;

    private static final int MOST_REMEMBERED = 1000;

    private final IssuerKeys keys;
    private final KeyFetchContext context;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Cache<String, Instant> unknownUntil =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    UnknownKids(IssuerKeys keys, KeyFetchContext context) {
        this.keys = keys;
        this.context = context;
    }

    /**
     * A call that looks for a key.
     *
     * @param end when it gives up waiting
     * @param before fetches with a number up to this began before the call asked: what they bring may be older
     * @param loop where it goes on
     * @param span its own
     */
    private record Search(String keyId, Instant end, long before, Scheduler loop, CallSpan span) {}

    /** Keys that have this id, for the call with this span; empty if there are none. */
    Mono<KeySet> having(String keyId, CallSpan span) {
        return Mono.defer(() -> {
            Instant end = context.now().plus(context.timing().patience());
            return found(new Search(
                    keyId, end, keys.lastNumber(), context.scheduling().loop().get(), span));
        });
    }

    private Mono<KeySet> found(Search search) {
        @Nullable KeySet known = keys.known();
        if (known != null && known.has(search.keyId())) {
            context.events().askedFor(keys.issuer(), Unknown.FOUND);
            return Mono.just(known);
        }
        @Nullable InFlightFetch flight = keys.inFlight();
        if (flight != null) {
            return completed(flight, search);
        }
        Instant now = context.now();
        Instant permitted = permitted(search.keyId(), known, now);
        if (!permitted.isAfter(now)) {
            return completed(keys.fetch(known != null, search.span()), search);
        }
        return permitted.isAfter(search.end())
                ? given(Unknown.NOT_ASKED)
                : waited(Duration.between(now, permitted), search);
    }

    /** A good fetch that began after the call asked settles it; any other is not the last word. */
    private Mono<KeySet> completed(InFlightFetch flight, Search search) {
        return flight.completed().asMono().publishOn(search.loop()).flatMap(isGood -> {
            @Nullable KeySet known = keys.known();
            boolean has = known != null && known.has(search.keyId());
            if (has || !isGood || flight.number() <= search.before()) {
                return found(search);
            }
            unknownUntil.put(search.keyId(), context.now().plus(context.timing().unknownFor()));
            return given(Unknown.NOT_FOUND);
        });
    }

    /** Until a fetch is permitted, or until keys come for another reason. */
    private Mono<KeySet> waited(Duration time, Search search) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return given(Unknown.NOT_ASKED);
        }
        return keys.arrivals()
                .next()
                .timeout(
                        time.plusMillis(1),
                        Mono.just(KeySet.NONE),
                        context.scheduling().timer())
                .doFinally(signal -> waiting.decrementAndGet())
                .publishOn(search.loop())
                .flatMap(arrival -> found(search));
    }

    private Mono<KeySet> given(Unknown outcome) {
        context.events().askedFor(keys.issuer(), outcome);
        return Mono.empty();
    }

    /**
     * When the provider may be asked for a key id; not after {@code now} if it may be now. With keys at hand it does not matter
     * that fetches failed lately: a key that came during an outage is found by the next extra fetch, not a pause later.
     */
    private Instant permitted(String keyId, @Nullable KeySet known, Instant now) {
        if (known == null) {
            return keys.state().due();
        }
        Instant permit = keys.throttle().next(now, context.timing().unknownKeyInterval());
        @Nullable Instant remembered = unknownUntil.getIfPresent(keyId);
        return latest(permit, remembered == null ? now : remembered);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
