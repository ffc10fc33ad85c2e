package dev.sallyport.kept;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Calls on their way to the provider, one for each key: those who ask meanwhile are given what comes of it. A flight goes on
 * although its callers leave, so that what it brings is kept; that it ends is up to what it was begun with. Thread-safe.
 */
final class Flights {
    /** Beyond these, calls go by themselves. */
    private static final int MOST = 1000;

    private final ConcurrentMap<KeptKey, Sinks.One<Reply>> flying = new ConcurrentHashMap<>();

    /** What comes of the flight on its way, or of one that is begun now. */
    Mono<Reply> joined(KeptKey key, Supplier<Mono<Reply>> asking) {
        Sinks.@Nullable One<Reply> other = flying.get(key);
        if (other != null) {
            return shared(other);
        }
        return flying.size() < MOST ? begun(key, asking) : Mono.defer(asking);
    }

    private Mono<Reply> begun(KeptKey key, Supplier<Mono<Reply>> asking) {
        Sinks.One<Reply> own = Sinks.one();
        Sinks.@Nullable One<Reply> other = flying.putIfAbsent(key, own);
        if (other != null) {
            return shared(other);
        }
        Mono.defer(asking)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("an upstream gave no reply")))
                .subscribe(
                        reply -> {
                            flying.remove(key, own);
                            own.tryEmitValue(reply);
                        },
                        bug -> {
                            flying.remove(key, own);
                            own.tryEmitError(bug);
                        });
        return own.asMono();
    }

    /** To those who did not ask first: when the provider was asked says nothing of their own call. */
    private static Mono<Reply> shared(Sinks.One<Reply> other) {
        return other.asMono().map(Flights::untimed);
    }

    private static Reply untimed(Reply reply) {
        return reply instanceof Answer answer
                ? new Answer(answer.status(), answer.headers(), answer.body(), Timing.NONE, answer.content())
                : untimed((Refusal) reply);
    }

    private static Refusal untimed(Refusal refusal) {
        return new Refusal(refusal.rejection(), Timing.NONE, refusal.refused(), refusal.fields());
    }

    /** How many are on their way. */
    int size() {
        return flying.size();
    }
}
