package dev.sallyport.ratelimit;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** Refuses a call that is over a limit, and says when to come back. */
public final class RateLimitFilter implements Filter {
    private final List<Limit> limits;
    private final LimitStore store;
    private final RateLimitEvents events;

    /** All limits are asked in their order; the first that has no permit left refuses. */
    public RateLimitFilter(List<Limit> limits, LimitStore store, RateLimitEvents events) {
        this.limits = List.copyOf(limits);
        this.store = store;
        this.events = events;
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream next) {
        for (Limit limit : limits) {
            Duration wait = store.take(limit, limit.key().of(call));
            if (!wait.isZero()) {
                events.limited(limit.name());
                return Mono.just(new Refusal(refused(limit, wait)));
            }
        }
        return next.send(call);
    }

    /** SDKs do not show headers to their users, so the message says as well when to come back. */
    private static Rejection refused(Limit limit, Duration wait) {
        long seconds = Math.max(1, (wait.toNanos() + 999_999_999) / 1_000_000_000);
        String message = "Too many calls: the limit \"" + limit.name() + "\" is used up. Try again in " + seconds
                + (seconds == 1 ? " second." : " seconds.");
        return Rejection.retryLater(Reason.RATE_LIMITED, message, Duration.ofSeconds(seconds));
    }

    @Override
    public String toString() {
        return "rateLimit" + limits;
    }
}
