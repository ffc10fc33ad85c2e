package dev.sallyport.idempotency;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sallyport.idempotency.Claim.Granted;
import dev.sallyport.idempotency.Claim.Held;
import dev.sallyport.idempotency.Claim.State;
import dev.sallyport.idempotency.Ending.NoEffect;
import dev.sallyport.idempotency.Ending.Succeeded;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Claims in this process. Nothing that is remembered makes room for something else: when there is no more, new keys are refused.
 * Of answers, which are only a comfort, those that were not asked for make room.
 */
public final class LocalClaimStore implements ClaimStore {
    private static final int OVERHEAD = 200;

    private final Bounds bounds;
    private final Ticker ticker;
    private final Cache<String, Entry> entries;
    private final Cache<String, Kept> answers;

    /**
     * Of time and room.
     *
     * @param lease how long a claim stands without being renewed
     * @param keep how long what became of a call is remembered
     * @param entries keys at most
     * @param answerBytes of all answers together
     */
    public record Bounds(Duration lease, Duration keep, long entries, long answerBytes) {}

    /** There is no room for another key. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super("as many keys as there is room for are remembered", null, false, false);
        }
    }

    private record Entry(State state, String fingerprint, String owner, long leaseEnds) {
        @Nullable
        Entry as(State next) {
            return new Entry(next, fingerprint, owner, leaseEnds);
        }

        @Override
        public String toString() {
            return "Entry[" + state + "]";
        }
    }

    private record Kept(SealedAnswer answer, Duration time) {}

    /** An empty store. */
    public LocalClaimStore(Bounds bounds, Ticker ticker) {
        this.bounds = bounds;
        this.ticker = ticker;
        this.entries = Caffeine.newBuilder()
                .expireAfterWrite(bounds.keep())
                .ticker(ticker)
                .build();
        this.answers = Caffeine.newBuilder()
                .maximumWeight(bounds.answerBytes())
                .weigher((String owner, Kept kept) -> OVERHEAD + kept.answer().bytes().length)
                .expireAfter(Expiry.creating((String owner, Kept kept) -> kept.time()))
                .ticker(ticker)
                .build();
    }

    /**
     * A name of an older key is looked for before and behind the claim of the own one: of two calls that meet while the keys are
     * replaced, and of which each claims the name that the other looks for, one at least finds the other's.
     */
    @Override
    public Mono<Claim> claim(Wish wish) {
        return Mono.fromCallable(() -> claimed(wish));
    }

    Claim claimed(Wish wish) {
        for (int which = 0; which < wish.names().size(); which++) {
            @Nullable Entry known = entries.getIfPresent(wish.names().get(which));
            if (known != null) {
                return held(known, which);
            }
        }
        requireRoom();
        var fresh = new Entry(State.IN_FLIGHT, wish.fingerprint(), wish.owner(), leaseFromNow());
        @Nullable Entry first = entries.asMap().putIfAbsent(wish.name(), fresh);
        return first == null ? unlessOlder(wish, fresh) : held(first, 0);
    }

    private Claim unlessOlder(Wish wish, Entry fresh) {
        for (int which = 1; which < wish.names().size(); which++) {
            @Nullable Entry older = entries.getIfPresent(wish.names().get(which));
            if (older != null) {
                entries.asMap().remove(wish.name(), fresh);
                return held(older, which);
            }
        }
        return new Granted();
    }

    private void requireRoom() {
        if (entries.estimatedSize() >= bounds.entries()) {
            entries.cleanUp();
            if (entries.estimatedSize() >= bounds.entries()) {
                throw new Full();
            }
        }
    }

    private Held held(Entry entry, int which) {
        boolean lapsed = entry.state() == State.IN_FLIGHT && ticker.read() - entry.leaseEnds() > 0;
        @Nullable Kept kept = entry.state() == State.SUCCEEDED ? answers.getIfPresent(entry.owner()) : null;
        return new Held(
                which,
                lapsed ? State.UNKNOWN : entry.state(),
                entry.fingerprint(),
                kept == null ? null : kept.answer());
    }

    @Override
    public Mono<Boolean> renew(Wish granted) {
        return Mono.fromCallable(() -> renewed(granted));
    }

    boolean renewed(Wish granted) {
        return changed(
                granted, entry -> new Entry(State.IN_FLIGHT, entry.fingerprint(), entry.owner(), leaseFromNow()));
    }

    @Override
    public Mono<Boolean> end(Wish granted, Ending ending) {
        return Mono.fromCallable(() -> ended(granted, ending));
    }

    /** An answer is kept under its owner's name, so that a late one is never that of another claim. */
    boolean ended(Wish granted, Ending ending) {
        if (ending instanceof NoEffect) {
            return changed(granted, entry -> null);
        }
        if (!(ending instanceof Succeeded succeeded)) {
            return changed(granted, entry -> entry.as(State.UNKNOWN));
        }
        var kept = new Kept(succeeded.answer(), succeeded.kept());
        boolean first = answers.asMap().putIfAbsent(granted.owner(), kept) == null;
        boolean ours = changed(granted, entry -> entry.as(State.SUCCEEDED));
        if (first && !ours) {
            answers.invalidate(granted.owner());
        }
        return ours;
    }

    /** Changes a claim that is in flight, if it is the owner's. */
    private boolean changed(Wish granted, UnaryOperator<@Nullable Entry> change) {
        var ours = new AtomicBoolean();
        entries.asMap().computeIfPresent(granted.name(), (name, entry) -> {
            ours.set(entry.state() == State.IN_FLIGHT && entry.owner().equals(granted.owner()));
            return ours.get() ? change.apply(entry) : entry;
        });
        return ours.get();
    }

    /** Does now what is put off otherwise: takes out what is old or too much. */
    void tidy() {
        entries.cleanUp();
        answers.cleanUp();
    }

    private long leaseFromNow() {
        return ticker.read() + bounds.lease().toNanos();
    }

    @Override
    public String toString() {
        return "local";
    }
}
