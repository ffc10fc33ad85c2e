package dev.sallyport.ratelimit;

import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The permits of some limits that count by one key: a call gets one of each, or none. All are asked before any is taken, so
 * that a call that one limit refuses costs nothing of another; where two calls ask at once and one comes too late, it puts back
 * what it took. Thread-safe.
 */
public final class Permits {
    private final List<Limit> limits;
    private final LimitStore store;
    private final RateLimitEvents events;

    public Permits(List<Limit> limits, LimitStore store, RateLimitEvents events) {
        this.limits = List.copyOf(limits);
        this.store = store;
        this.events = events;
    }

    /** Whether there are no limits at all. */
    public boolean areUnlimited() {
        return limits.isEmpty();
    }

    /** Takes a permit of each limit; or takes none, and returns why the call is refused. */
    @Nullable
    Rejection refusal(String key) {
        @Nullable Rejection asked = limits.size() > 1 ? asked(key) : null;
        return asked == null ? taken(key) : asked;
    }

    /** Counts a call that was made: takes what there is, and refuses nothing. */
    void count(String key) {
        for (Limit limit : limits) {
            var unused = store.take(limit, key);
        }
    }

    private @Nullable Rejection asked(String key) {
        for (Limit limit : limits) {
            Duration wait = store.ask(limit, key);
            if (!wait.isZero()) {
                return refused(limit, wait);
            }
        }
        return null;
    }

    private @Nullable Rejection taken(String key) {
        for (int index = 0; index < limits.size(); index++) {
            Limit limit = limits.get(index);
            Duration wait = store.take(limit, key);
            if (!wait.isZero()) {
                limits.subList(0, index).forEach(earlier -> store.giveBack(earlier, key));
                return refused(limit, wait);
            }
        }
        return null;
    }

    /** SDKs do not show headers to their users, so the message says as well when to come back. */
    private Rejection refused(Limit limit, Duration wait) {
        events.limited(limit.name());
        long seconds = Math.max(1, (wait.toNanos() + 999_999_999) / 1_000_000_000);
        String message = "Too many calls: the limit \"" + limit.name() + "\" is used up. Try again in " + seconds
                + (seconds == 1 ? " second." : " seconds.");
        return Rejection.retryLater(Reason.RATE_LIMITED, message, Duration.ofSeconds(seconds));
    }

    @Override
    public String toString() {
        return limits.toString();
    }
}
