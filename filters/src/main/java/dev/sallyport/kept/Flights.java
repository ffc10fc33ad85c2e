package dev.sallyport.kept;

import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Answer;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Reply.Timing;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Calls on their way to the provider, one for each key: those who ask meanwhile are given what comes of it. A flight that is worth it
 * goes on although its callers leave, so that what it brings is kept; any other ends with the last of them. That a flight ends at all
 * is up to what it was begun with. Thread-safe.
 */
final class Flights {
    /** Beyond these, calls go by themselves. */
    private static final int MOST = 1000;

    private final ConcurrentMap<KeptKey, Flight> flying = new ConcurrentHashMap<>();

    /**
     * What comes of the flight on its way, or of one that is begun now.
     *
     * @param lasting whether it goes on without callers; asked when the last one leaves
     */
    Mono<Reply> joined(KeptKey key, Supplier<Mono<Reply>> asking, BooleanSupplier lasting) {
        return Mono.defer(() -> {
            @Nullable Flight other = flying.get(key);
            if (other != null && other.takes()) {
                return other.reply(lasting).map(Flights::untimed);
            }
            return flying.size() < MOST ? begun(key, asking, lasting) : asking.get();
        });
    }

    private Mono<Reply> begun(KeptKey key, Supplier<Mono<Reply>> asking, BooleanSupplier lasting) {
        var own = new Flight();
        own.takes();
        @Nullable Flight other = flying.putIfAbsent(key, own);
        if (other != null) {
            return other.takes() ? other.reply(lasting).map(Flights::untimed) : asking.get();
        }
        own.begin(asking, () -> flying.remove(key, own));
        return own.reply(lasting);
    }

    /** To those who did not ask first: when the provider was asked says nothing of their own call. */
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
