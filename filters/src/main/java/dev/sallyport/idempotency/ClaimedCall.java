package dev.sallyport.idempotency;

import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.idempotency.ClaimStore.Wish;
import dev.sallyport.idempotency.Ending.NoEffect;
import dev.sallyport.idempotency.Ending.Succeeded;
import dev.sallyport.idempotency.Ending.Unknown;
import dev.sallyport.idempotency.IdempotencyEvents.Ended;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One call that holds the claim of its key. What became of it is remembered before it is told.
 */
final class ClaimedCall {
    private static final int RENEWALS_IN_A_LEASE = 3;
    static final Reply LATE = new Refusal(Rejection.of(
            Reason.PROVIDER_TIMED_OUT, "The provider did not answer in time. It may have carried out the call."));

    private final Idempotency shared;
    private final Idempotency.OfOperation operation;
    private final Wish wish;

    ClaimedCall(Idempotency shared, Idempotency.OfOperation operation, Wish wish) {
        this.shared = shared;
        this.operation = operation;
        this.wish = wish;
    }

    Mono<Reply> carriedOut(ReadCall call, Upstream<ReadCall> next) {
        return Mono.using(
                () -> renewals().subscribe(), renewals -> answered(call, next, renewals), Disposable::dispose);
    }

    /** A renewal that came behind the end might bring back what has ended. */
    private Mono<Reply> answered(ReadCall call, Upstream<ReadCall> next, Disposable renewals) {
        return Mono.defer(() -> next.send(call))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("an upstream gave no reply")))
                .timeout(operation.deadline(), Mono.just(LATE), shared.timer())
                .doOnTerminate(renewals::dispose)
                .onErrorResume(bug -> ended(new Unknown()).then(Mono.error(bug)))
                .flatMap(reply -> ended(ending(reply)).thenReturn(reply));
    }

    /** It will not be made after all. */
    Mono<Reply> letGo() {
        return ended(new NoEffect()).then(Mono.empty());
    }

    /** One that fails is made up for by the next; if all fail, the claim lapses, and the outcome is held to be unknown. */
    private Flux<Boolean> renewals() {
        var pause = shared.terms().lease().dividedBy(RENEWALS_IN_A_LEASE);
        return Flux.interval(pause, shared.timer())
                .onBackpressureDrop()
                .concatMap(tick -> shared.store().renew(wish).onErrorReturn(true))
                .takeWhile(ours -> ours);
    }

    private Ending ending(Reply reply) {
        return switch (Outcome.of(reply)) {
            case NO_EFFECT -> new NoEffect();
            case UNKNOWN -> new Unknown();
            case SUCCEEDED -> succeeded((Answer) reply);
        };
    }

    private Ending succeeded(Answer answer) {
        byte[] written = AnswerForm.written(answer, operation.door().fields());
        String id = operation.contract().operation().id();
        return new Succeeded(
                shared.keyring().sealed(written, id, wish),
                operation.kept(answer, shared.terms().keep()));
    }

    private Mono<Boolean> ended(Ending ending) {
        return shared.store()
                .end(wish, ending)
                .onErrorReturn(false)
                .doOnNext(ours -> shared.events()
                        .ended(operation.contract().operation().id(), ours ? label(ending) : Ended.LOST));
    }

    private static Ended label(Ending ending) {
        if (ending instanceof Succeeded) {
            return Ended.STORED;
        }
        return ending instanceof NoEffect ? Ended.FREED : Ended.UNKNOWN;
    }
}
