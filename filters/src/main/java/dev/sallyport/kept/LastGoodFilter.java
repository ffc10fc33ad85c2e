package dev.sallyport.kept;

import dev.sallyport.call.Deadline;
import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reading.Document;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.value.Require;
import dev.sallyport.contract.Contract;
import dev.sallyport.contract.rule.Facts;
import dev.sallyport.kept.KeptEvents.Kept;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Reason.Fault;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Asks the provider, and where it does not answer, or answers with a failure of its own, gives the reply that it last gave to the
 * same credentials. Its refusals pass, and what was kept for what it refuses is forgotten. Calls that ask the same at
 * the same time share one call to the provider. A call without credentials goes on untouched.
 */
public final class LastGoodFilter implements Filter<ReadCall> {
    private static final int UNAUTHORIZED = 401;
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;
    private static final int FIRST_FAILURE = 500;
    private static final Reply LATE =
            new Refusal(Rejection.of(Reason.PROVIDER_TIMED_OUT, "The provider did not answer in time."));

    private final Contract contract;
    private final LastGoodReplies replies;
    private final Terms terms;

    /**
     * How one operation's replies are kept.
     *
     * @param keep for how long
     * @param patience how long the provider may take before a kept reply is given; a slower one is kept for the next call
     * @param deadline of a call to the provider, whose callers may be gone
     * @param loop the event loop of the current thread
     */
    public record Terms(
            Duration keep, Duration patience, Duration deadline, Supplier<Scheduler> loop, KeptEvents events) {}

    /**
     * For one operation.
     *
     * @param replies shared by all operations
     */
    public LastGoodFilter(Contract contract, LastGoodReplies replies, Terms terms) {
        this.contract = contract;
        this.replies = replies;
        this.terms = terms;
    }

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        @Nullable
        KeptKey key = replies.key(call.call(), contract.metadata().pack().credentials());
        return key == null ? next.send(call) : Mono.defer(() -> answered(key, call, next));
    }

    private Mono<Reply> answered(KeptKey key, ReadCall call, Upstream<ReadCall> next) {
        Scheduler own = terms.loop().get();
        Mono<Reply> asked = replies.flights()
                .joined(key, () -> asking(key, call, next), () -> replies.has(key))
                .publishOn(own)
                .map(reply -> settled(key, reply));
        if (!replies.has(key)) {
            return asked;
        }
        long patience = call.deadline().cut(terms.patience().toNanos(), System.nanoTime());
        return asked.timeout(Duration.ofNanos(patience), Mono.defer(() -> inPlace(key, asked)), own);
    }

    /** With a deadline of its own, not that of the caller who happened to be the first. */
    private Mono<Reply> asking(KeptKey key, ReadCall call, Upstream<ReadCall> next) {
        Scheduler own = terms.loop().get();
        return next.send(call.within(Deadline.in(terms.deadline())))
                .timeout(terms.deadline(), Mono.just(LATE), own)
                .doOnNext(reply -> learn(key, call, reply));
    }

    private Mono<Reply> inPlace(KeptKey key, Mono<Reply> asked) {
        @Nullable KeptReply kept = replies.of(key);
        return kept == null ? asked : Mono.just(given(kept));
    }

    private void learn(KeptKey key, ReadCall call, Reply reply) {
        if (!(reply instanceof Answer answer)) {
            return;
        }
        if (isGood(call, answer)) {
            replies.keep(key, answer, terms.keep());
        } else if (isRefusal(answer) && forgotten(key, answer)) {
            terms.events().kept(contract.operation().id(), Kept.FORGOTTEN);
        }
    }

    /** Credentials that the provider does not know have nothing kept, whatever they asked; any other refusal is about one question. */
    private boolean forgotten(KeptKey key, Answer answer) {
        return answer.status() == UNAUTHORIZED ? replies.forgetCaller(key) : replies.forget(key);
    }

    /** Held against the whole contract, whatever its mode lets pass. */
    private boolean isGood(ReadCall call, Answer answer) {
        return answer.isSuccess()
                && answer.content() instanceof Document document
                && contract.replyViolations(Facts.of(call, answer, document, null))
                        .isEmpty();
    }

    private static boolean isRefusal(Answer answer) {
        return answer.isError()
                && answer.status() < FIRST_FAILURE
                && answer.status() != TIMED_OUT
                && answer.status() != TOO_MANY;
    }

    private Reply settled(KeptKey key, Reply reply) {
        if (!isFailure(reply)) {
            return reply;
        }
        @Nullable KeptReply kept = replies.of(key);
        if (kept == null) {
            terms.events().kept(contract.operation().id(), Kept.NONE);
            return reply;
        }
        return given(kept);
    }

    private Reply given(KeptReply kept) {
        terms.events().kept(contract.operation().id(), Kept.STALE);
        return kept.given();
    }

    private static boolean isFailure(Reply reply) {
        return reply instanceof Answer answer
                ? answer.status() >= FIRST_FAILURE
                : ((Refusal) reply).rejection().reason().fault() == Fault.PROVIDER;
    }

    @Override
    public String toString() {
        return "lastGood(kept " + Require.shown(terms.keep()) + ")";
    }
}
