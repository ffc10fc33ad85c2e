package dev.sallyport.overload;

import dev.sallyport.call.Filter;
import dev.sallyport.call.ReadCall;
import dev.sallyport.call.Reply;
import dev.sallyport.call.Upstream;
import dev.sallyport.config.concurrency.ConcurrencyMode;
import dev.sallyport.config.concurrency.Priority;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Lets as many calls through to the provider as it can work on, has a few more of high priority wait for a short time, and refuses the others. A
 * call has its permit from its leaving to its reply; one that ends otherwise, its caller gone or its deadline over, gives it back
 * or leaves the line.
 */
public final class ConcurrencyFilter implements Filter<ReadCall> {
    private final Terms terms;
    private final Priority priority;

    /**
     * For one operation.
     *
     * @param terms shared by all operations
     */
    public ConcurrencyFilter(Terms terms, Priority priority) {
        this.terms = terms;
        this.priority = priority;
    }

    /**
     * What all operations share.
     *
     * @param loop the scheduler of the current thread's event loop
     * @param clock in nanoseconds
     */
    public record Terms(
            ConcurrencyLimiter limiter,
            ConcurrencyMode mode,
            OverloadEvents events,
            Supplier<Scheduler> loop,
            LongSupplier clock) {}

    @Override
    public Mono<Reply> filter(ReadCall call, Upstream<ReadCall> next) {
        return new LimitedReply(next.send(call), terms, priority, call);
    }

    @Override
    public String toString() {
        boolean waits = terms.mode() == ConcurrencyMode.ENFORCE && priority == Priority.HIGH;
        String queue = waits
                ? ", queue " + TimeUnit.NANOSECONDS.toMillis(terms.limiter().longestWait()) + " ms"
                : "";
        return "concurrency(" + terms.mode().toString().toLowerCase(Locale.ROOT) + queue + ", "
                + priority.toString().toLowerCase(Locale.ROOT) + " priority)";
    }
}
