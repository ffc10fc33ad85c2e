package dev.sallyport.idempotency;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Leaving;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.value.Require;
import dev.sallyport.idempotency.Claim.Held;
import dev.sallyport.idempotency.ClaimStore.Wish;
import dev.sallyport.idempotency.IdempotencyEvents.Met;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Sees to it that a call with an {@code Idempotency-Key} is made once. A call without one goes on untouched. What stands behind
 * this filter answers with replies that passed the second door, so only such are stored.
 */
public final class IdempotencyFilter implements Filter<ReadCall> {
    private final Idempotency shared;
    private final Idempotency.OfOperation operation;
    private final Set<String> credentials;
    private final Replay replay;

    IdempotencyFilter(Idempotency shared, Idempotency.OfOperation operation) {
        this.shared = shared;
        this.operation = operation;
        this.credentials = operation.credentials();
        this.replay = operation.replay();
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        if (call.headers().first(IdempotencyKey.HEADER) == null) {
            return IdempotencyKey.isMisspelt(call.headers())
                    ? refused(Met.INVALID_KEY, Refusals.MISSPELT)
                    : next.send(call);
        }
        @Nullable String key = IdempotencyKey.in(call.headers());
        boolean hasCaller = hasCredentials(call.call());
        return key == null || !hasCaller
                ? refused(Met.INVALID_KEY, key == null ? Refusals.INVALID_KEY : Refusals.NO_CALLER)
                : Leaving.outlivedBy(leaving -> shared.unfinished().counted(keyed(call, next, key, leaving)));
    }

    private boolean hasCredentials(Call call) {
        return call.identity() != null
                || credentials.stream().anyMatch(name -> call.headers().first(name) != null);
    }

    /**
     * Goes on although its caller leaves, so that a caller who lost patience finds the answer when it comes again, and no claim
     * stays behind that belongs to no call; a stop waits for it. What the store says is told apart from what becomes of the call,
     * whose failures are its own.
     */
    private Mono<Reply> keyed(ReadCall call, Upstream<ReadCall> next, String key, Leaving leaving) {
        Wish wish = shared.keyring().wish(call.call(), credentials, key);
        return shared.store()
                .claim(wish)
                .map(Optional::of)
                .onErrorReturn(Optional.empty())
                .flatMap(claim -> claim.map(told -> decided(call, next, wish, told, leaving))
                        .orElseGet(() -> withoutStore(call, next)));
    }

    /** Its caller's deadline does not end a call that goes on without its caller, so it has one of its own. */
    private Mono<Reply> withoutStore(ReadCall call, Upstream<ReadCall> next) {
        if (!shared.terms().withoutStore()) {
            return refused(Met.UNAVAILABLE, Refusals.UNAVAILABLE);
        }
        met(Met.UNPROTECTED);
        return Mono.defer(() -> next.send(call))
                .timeout(operation.deadline(), Mono.just(ClaimedCall.LATE), shared.timer());
    }

    private Mono<Reply> decided(ReadCall call, Upstream<ReadCall> next, Wish wish, Claim claim, Leaving leaving) {
        if (!(claim instanceof Held held)) {
            met(Met.FIRST);
            var ours = new ClaimedCall(shared, operation, wish);
            return leaving.hasHappened() ? ours.letGo() : ours.carriedOut(call, next);
        }
        if (!shared.keyring().isOf(held, call.call(), wish)) {
            return refused(Met.REUSED, Refusals.REUSED);
        }
        return switch (held.state()) {
            case IN_FLIGHT -> refused(Met.IN_FLIGHT, Refusals.IN_FLIGHT);
            case UNKNOWN -> refused(Met.UNKNOWN, Refusals.UNKNOWN);
            case SUCCEEDED -> replayed(call, wish, held);
        };
    }

    private Mono<Reply> replayed(ReadCall call, Wish wish, Held held) {
        if (held.answer() == null) {
            return refused(Met.GONE, Refusals.NOT_KEPT);
        }
        byte @Nullable [] opened = shared.keyring().opened(held, call.operation(), wish);
        @Nullable Answer stored = opened == null ? null : replay.read(opened);
        return stored == null
                ? refused(Met.UNREADABLE, Refusals.NOT_KEPT)
                : replay.of(call, stored).doOnNext(reply -> met(reply instanceof Answer ? Met.REPLAYED : Met.GONE));
    }

    private Mono<Reply> refused(Met why, Reply refusal) {
        met(why);
        return Mono.just(refusal);
    }

    private void met(Met met) {
        shared.events().met(operation.contract().operation().id(), met);
    }

    @Override
    public String toString() {
        return "idempotency(" + shared.store() + ", kept "
                + Require.shown(shared.terms().keep()) + ")";
    }
}
