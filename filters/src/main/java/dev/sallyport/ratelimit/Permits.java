package dev.sallyport.ratelimit;

import dev.sallyport.call.CallSpan;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Lets a call go on if there is a permit of each of its buckets, and refuses it otherwise. Thread-safe. */
public final class Permits {
    private static final Rejection UNKNOWN = Rejection.retryLater(
            Reason.STORE_UNAVAILABLE,
            "The gateway's store does not answer, so it is not known whether the call is within its limits.",
            Duration.ofSeconds(1));

    private final LimitStore store;
    private final RateLimitFields fields;
    private final RateLimitEvents events;

    public Permits(LimitStore store, RateLimitFields fields, RateLimitEvents events) {
        this.store = store;
        this.fields = fields;
        this.events = events;
    }

    /**
     * The call's reply, or a refusal.
     *
     * @param goesBack whether its permits go back if another limit refuses it
     */
    Mono<Reply> limited(List<Bucket> buckets, CallSpan span, Supplier<Mono<Reply>> call, BooleanSupplier goesBack) {
        if (buckets.isEmpty()) {
            return call.get();
        }
        @Nullable Taking now = store.takeNow(buckets);
        return now == null
                ? store.take(buckets, span).flatMap(taking -> decided(taking, buckets, call, goesBack))
                : decided(now, buckets, call, goesBack);
    }

    private Mono<Reply> decided(
            Taking taking, List<Bucket> buckets, Supplier<Mono<Reply>> call, BooleanSupplier goesBack) {
        return switch (taking.outcome()) {
            case TAKEN ->
                call.get().map(reply -> {
                    if (isLimited(reply) && goesBack.getAsBoolean()) {
                        store.giveBack(buckets);
                    }
                    return fields.on(reply, taking.standings());
                });
            case REFUSED -> Mono.just(fields.on(new Refusal(refused(taking.standings())), taking.standings()));
            case UNCOUNTED -> call.get();
            case UNKNOWN -> Mono.just(new Refusal(UNKNOWN));
        };
    }

    private static boolean isLimited(Reply reply) {
        return reply instanceof Refusal refusal && refusal.rejection().reason() == Reason.RATE_LIMITED;
    }

    /** Puts back all that is held ahead of calls. */
    Mono<Void> giveAllBack() {
        return store.giveAllBack();
    }

    /** Counts a call that was made. */
    void count(List<Bucket> buckets) {
        if (!buckets.isEmpty()) {
            store.count(buckets);
        }
    }

    /** Of several limits, the one that takes longest is told. SDKs do not show headers, so the message says as well when to come back. */
    private Rejection refused(List<Standing> standings) {
        Standing longest = standings.stream()
                .max(Comparator.comparingLong(Standing::nanosToNext))
                .orElseThrow();
        events.limited(longest.limit().name());
        long seconds = Math.max(1, (longest.nanosToNext() + 999_999_999) / 1_000_000_000);
        String message = "Too many calls: the limit \"" + longest.limit().name() + "\" is used up. Try again in "
                + seconds + (seconds == 1 ? " second." : " seconds.");
        return Rejection.retryLater(Reason.RATE_LIMITED, message, Duration.ofSeconds(seconds));
    }
}
