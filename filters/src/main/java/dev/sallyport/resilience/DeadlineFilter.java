package dev.sallyport.resilience;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Holds a call to its deadline, whatever is behind it: lookups, waiting for a connection, attempts, and the reply to its last byte.
 * The time began with the head of the request, so reading the body has taken its part. What is behind it begins when it is
 * subscribed to, so that nothing of a call happens outside its deadline.
 */
public final class DeadlineFilter implements Filter<Call> {
    private final Duration longest;
    private final Supplier<Scheduler> timer;

    /**
     * For one operation.
     *
     * @param longest what a call has at most
     * @param timer keeps the time; asked on the thread that the call came in on, so that it may be that thread's own
     */
    public DeadlineFilter(Duration longest, Supplier<Scheduler> timer) {
        this.longest = longest;
        this.timer = timer;
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream<Call> next) {
        long left = Math.min(longest.toNanos(), call.deadline().left(System.nanoTime()));
        return left <= 0
                ? Mono.just(refusal("The call's time was over when all of it had arrived. It was not made."))
                : Mono.defer(() -> next.send(call))
                        .timeout(Duration.ofNanos(left), Mono.fromSupplier(() -> late(call)), timer.get());
    }

    private Reply late(Call call) {
        long nanos = Math.min(longest.toNanos(), call.deadline().nanos());
        return refusal("The call was not answered within " + TimeUnit.NANOSECONDS.toMillis(nanos)
                + " ms. The provider may have carried it out all the same.");
    }

    private static Reply refusal(String message) {
        return new Refusal(Rejection.of(Reason.PROVIDER_TIMED_OUT, message));
    }

    @Override
    public String toString() {
        return "deadline(" + longest.toMillis() + " ms)";
    }
}
