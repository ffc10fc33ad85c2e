package dev.sallyport.token.keys.fetch;

import dev.sallyport.call.CallSpan;
import dev.sallyport.token.keys.KeyFlaw;
import dev.sallyport.token.keys.KeySet;
import dev.sallyport.token.keys.KeySource.Issuer;
import dev.sallyport.token.keys.KeySource.KnownKeys;
import dev.sallyport.token.keys.fetch.JwksFetch.Document;
import dev.sallyport.token.keys.fetch.JwksFetch.FetchRefused;
import dev.sallyport.token.keys.fetch.JwksFetch.Fetched;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * The keys of one issuer, and the one fetch that may be on its way, however many calls ask for it. Without locks: what is known is one
 * immutable state, which only the fetch on its way replaces.
 */
final class IssuerKeys {
    private final Issuer issuer;
    private final KeyFetchContext context;
    private final AtomicReference<@Nullable InFlightFetch> inFlight = new AtomicReference<>();
    private final AtomicLong numbers = new AtomicLong();
    private final LongAdder fetches = new LongAdder();
    private final Map<FetchFault, LongAdder> refused = new ConcurrentHashMap<>();
    private final Sinks.Many<KeySet> arrivals = Sinks.many().multicast().directBestEffort();
    private volatile @Nullable FetchFailed lastFailure;
    private volatile KeyState state = KeyState.unfetched();
    private volatile UnknownKidThrottle throttle = UnknownKidThrottle.full();

    /**
     * A fetch on its way.
     *
     * @param number higher than that of every fetch that had begun before
     * @param completed gives whether it brought keys
     */
    record InFlightFetch(long number, Sinks.One<Boolean> completed) {}

    IssuerKeys(Issuer issuer, KeyFetchContext context) {
        this.issuer = issuer;
        this.context = context;
    }

    Issuer issuer() {
        return issuer;
    }

    KeyState state() {
        return state;
    }

    UnknownKidThrottle throttle() {
        return throttle;
    }

    /** The keys that may be used now. */
    @Nullable
    KeySet known() {
        return state.usable(context.now(), context.timing().keep());
    }

    /** The same with their age. */
    @Nullable
    KnownKeys dated() {
        Instant now = context.now();
        KeyState.@Nullable Held held = state.young(now, context.timing().keep());
        return held == null ? null : new KnownKeys(held.keys(), Duration.between(held.since(), now), held.lifetime());
    }

    /** Whether there ever were keys, be they too old by now. */
    boolean hadKeys() {
        return state.held() != null;
    }

    /** New sets, as they come. */
    Flux<KeySet> arrivals() {
        return arrivals.asFlux();
    }

    @Nullable
    InFlightFetch inFlight() {
        return inFlight.get();
    }

    /** Fetches that begin from now on have a higher number. */
    long lastNumber() {
        return numbers.get();
    }

    /** For the start, before anything is fetched. */
    void restore(KeySet saved, Instant fetched) {
        state = state.restored(saved, fetched);
    }

    /** Starts a fetch if one is due and none is on its way. */
    void refreshIfDue() {
        if (!state.due().isAfter(context.now())) {
            fetch(false, CallSpan.NONE);
        }
    }

    /**
     * The one fetch on its way, begun now if there was none. It goes on even if all calls that asked for it end, which is why
     * it is subscribed to here and nowhere else: a caller who hangs up must not take the keys from those who wait beside it.
     *
     * @param isExtra whether it would not be made but for an unknown key id
     * @param call the span of the call that asked for it; none if no call did
     */
    InFlightFetch fetch(boolean isExtra, CallSpan call) {
        var own = new InFlightFetch(numbers.incrementAndGet(), Sinks.one());
        @Nullable InFlightFetch other = inFlight.compareAndExchange(null, own);
        if (other != null) {
            return other;
        }
        if (isExtra) {
            throttle = throttle.taken(context.now(), context.timing().unknownKeyInterval());
        }
        fetches.increment();
        CallSpan span = span(call);
        Mono.defer(() -> context.fetch().fetch(issuer, span)) // what it throws is a failed fetch like any other
                .timeout(context.timing().timeout(), context.scheduling().timer())
                .defaultIfEmpty(new FetchRefused(FetchFault.EMPTY))
                .onErrorResume(failure -> Mono.just(new FetchRefused(fault(failure), failure)))
                .publishOn(Schedulers.boundedElastic()) // parsing keys takes its time
                .subscribe(
                        fetched -> land(own, fetched, span),
                        bug -> land(own, new FetchRefused(FetchFault.UNREACHABLE, bug), span));
        return own;
    }

    /** The fetch is a part of the call that had it made, although others may wait for it. */
    private CallSpan span(CallSpan call) {
        if (call == CallSpan.NONE) {
            return context.events().fetching(issuer);
        }
        return call.isRecorded() ? call.request("GET " + issuer.jwks().id()) : CallSpan.NONE;
    }

    private static FetchFault fault(Throwable failure) {
        return failure instanceof TimeoutException ? FetchFault.TIMED_OUT : FetchFault.UNREACHABLE;
    }

    /**
     * The state first, then the way is free for the next fetch, then those who wait: they must find all of it done. The way
     * becomes free whatever happens, or a single bug would end all fetching for good.
     */
    private void land(InFlightFetch own, Fetched fetched, CallSpan span) {
        boolean isGood = false;
        try {
            isGood = fetched instanceof Document document ? isAccepted(document) : isRefused((FetchRefused) fetched);
        } finally {
            inFlight.compareAndSet(own, null);
            ended(span, isGood);
            own.completed().tryEmitValue(isGood);
        }
    }

    private void ended(CallSpan span, boolean isGood) {
        @Nullable FetchFailed why = lastFailure;
        if (!isGood && why != null) {
            span.fail(why.fault().label());
        }
        span.end();
    }

    private boolean isAccepted(Document document) {
        KeySet fresh;
        try {
            fresh = KeySet.parse(document.jwks(), issuer.algorithm(), context.provider());
        } catch (ParseException broken) {
            return isRefused(new FetchRefused(
                    document.jwks().length == 0 ? FetchFault.EMPTY : FetchFault.NOT_A_KEY_SET, broken));
        }
        if (fresh.keyIds().isEmpty()) {
            boolean isPrivate = fresh.ignored().containsKey(KeyFlaw.PRIVATE);
            return isRefused(new FetchRefused(isPrivate ? FetchFault.PRIVATE_KEY : FetchFault.NO_SIGNING_KEY));
        }
        KeyState.@Nullable Held had = state.held();
        @Nullable KeySet old = had == null ? null : had.keys();
        Duration untilNext = context.timing().afterSuccess(document.maxAge(), context.chance());
        Duration lifetime = context.timing().lifetime(document.maxAge());
        state = state.refreshed(fresh, context.now(), lifetime, untilNext);
        throttle = old != null && fresh.hasMoreThan(old) ? throttle.returned() : throttle;
        arrivals.tryEmitNext(fresh);
        context.events().refreshed(issuer, fresh);
        if (!fresh.ignored().equals(old == null ? Map.of() : old.ignored())) {
            fresh.ignored().forEach((flaw, count) -> context.events().ignored(issuer, flaw, count));
        }
        return true;
    }

    private boolean isRefused(FetchRefused what) {
        FetchFault why = what.fault();
        var failure = new FetchFailed(why, what.cause());
        Duration pause = context.timing().afterFailure(state.failures() + 1, known() != null, context.chance());
        state = state.failed(why, context.now(), pause);
        lastFailure = failure;
        refused.computeIfAbsent(why, ignored -> new LongAdder()).increment();
        context.events().failed(issuer, failure, hadKeys());
        return false;
    }

    /** Why the last fetch that failed did; null if none did. */
    @Nullable
    FetchFailed lastFailure() {
        return lastFailure;
    }

    KeyReport report() {
        Map<FetchFault, Long> counts = refused.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum()));
        return new KeyReport(issuer, state, known() != null, fetches.sum(), counts);
    }
}
