package dev.sallyport.resilience;

import dev.sallyport.call.Call;
import dev.sallyport.call.Filter;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Reply.Refusal;
import dev.sallyport.call.Upstream;
import dev.sallyport.rejection.Reason;
import dev.sallyport.rejection.Rejection;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One budget of time for everything behind it: reading, attempts, waits between them, and the reply to its last byte. What is
 * behind it begins when it is subscribed to, so that nothing of a call happens outside its deadline. */
public final class DeadlineFilter implements Filter<Call> {
    private final Duration deadline;
    private final Supplier<Scheduler> timer;
    private final Mono<Reply> late;

    /**
     * A deadline for each call.
     *
     * @param timer keeps the time; asked on the thread that the call came in on, so that it may be that thread's own
     */
    public DeadlineFilter(Duration deadline, Supplier<Scheduler> timer) {
        this.deadline = deadline;
        this.timer = timer;
        String message = "The provider did not answer within " + deadline.toMillis()
                + " ms. It may have carried out the call all the same.";
        this.late = Mono.just(new Refusal(Rejection.of(Reason.PROVIDER_TIMED_OUT, message)));
    }

    @Override
    public Mono<Reply> filter(Call call, Upstream<Call> next) {
        return Mono.defer(() -> next.send(call)).timeout(deadline, late, timer.get());
    }

    @Override
    public String toString() {
        return "deadline(" + deadline.toMillis() + " ms)";
    }
}
