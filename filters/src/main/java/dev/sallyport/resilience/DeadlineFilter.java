package dev.sallyport.resilience;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Holds a call to its deadline, whatever is behind it: lookups, waiting for a connection, attempts, and the reply to its last byte.
 * The time began with the head of the request, so reading the body has taken its part. What is behind it begins when it is
 * subscribed to, so that nothing of a call happens outside its deadline.
 *
 * <p>A caller may leave less time than it is fair to ask for. What fails when that is over is the caller's doing, whatever was waited for: it
 * must not look like a provider or a gateway that fails.
 */
public final class DeadlineFilter implements Filter<Call> {
    /** What may be told of a wait that was cut. All else has a cause of its own, however late it came. */
    private static final Set<Reason> WAITS = EnumSet.of(
            Reason.OVERLOADED,
            Reason.PROVIDER_UNREACHABLE,
            Reason.PROVIDER_TIMED_OUT,
            Reason.TELEMETRY_UNAVAILABLE,
            Reason.SESSION_KEYS_UNAVAILABLE,
            Reason.CALLER_KEYS_UNAVAILABLE);

    private final Duration longest;
    private final long fair;
    private final Supplier<Scheduler> timer;

    /**
     * For one operation.
     *
     * @param longest what a call has at most
     * @param fair what a caller that is served in vain must have left, or it has itself to thank for it
     * @param timer keeps the time; asked on the thread that the call came in on, so that it may be that thread's own
     */
    public DeadlineFilter(Duration longest, Duration fair, Supplier<Scheduler> timer) {
        this.longest = longest;
        this.fair = fair.toNanos();
        this.timer = timer;
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream<Call> next) {
        boolean isShort = call.deadline().nanos() < fair;
        long left = Math.min(longest.toNanos(), call.deadline().left(System.nanoTime()));
        if (left <= 0) {
            String message = "The call's time was over when all of it had arrived. It was not made.";
            return Mono.just(refusal(isShort, message));
        }
        Supplier<Mono<Reply>> reply =
                isShort ? () -> shortened(call.within(call.deadline().asShort()), next) : () -> next.send(call);
        return InTime.of(reply, () -> late(call, isShort), Duration.ofNanos(left), timer.get());
    }

    private static Mono<Reply> shortened(Call call, Upstream<Call> next) {
        return next.send(call)
                .map(reply -> reply instanceof Refusal refusal
                                && WAITS.contains(refusal.rejection().reason())
                                && call.deadline().isCutShort(System.nanoTime())
                        ? callers(call, refusal)
                        : reply);
    }

    /** What was waited for in vain, in the words of what gave up waiting: it knows whether the call was made. */
    private static Reply callers(Call call, Refusal refusal) {
        Rejection waited = refusal.rejection();
        String message =
                "The " + millis(call.deadline().nanos()) + " that the caller left are over. " + waited.message();
        Rejection told = Rejection.of(Reason.CALLER_DEADLINE_OVER, message);
        @Nullable Throwable cause = waited.cause();
        return new Refusal(
                cause == null ? told : told.because(cause), refusal.timing(), refusal.refused(), refusal.fields());
    }

    private Reply late(Call call, boolean isShort) {
        long nanos = Math.min(longest.toNanos(), call.deadline().nanos());
        return refusal(
                isShort,
                "The call was not answered within " + millis(nanos)
                        + ". The provider may have carried it out all the same.");
    }

    private static String millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
    }

    private static Reply refusal(boolean isShort, String message) {
        return new Refusal(Rejection.of(isShort ? Reason.CALLER_DEADLINE_OVER : Reason.PROVIDER_TIMED_OUT, message));
    }

    @Override
    public String toString() {
        return "deadline(" + longest.toMillis() + " ms)";
    }
}
