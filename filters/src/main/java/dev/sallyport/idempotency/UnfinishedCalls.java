package dev.sallyport.idempotency;

import dev.sallyport.call.Reply;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Calls with a key that are being made, whether or not their callers are still there: a stop waits for them. Thread-safe. */
public final class UnfinishedCalls {
    private final AtomicInteger count = new AtomicInteger();
    private volatile CountDownLatch none = new CountDownLatch(1);

    /** The same work, which is counted while it is done. */
    Mono<Reply> counted(Mono<Reply> work) {
        return Mono.defer(() -> {
            count.incrementAndGet();
            return work.doFinally(end -> ended());
        });
    }

    private void ended() {
        if (count.decrementAndGet() == 0) {
            none.countDown();
        }
    }

    /** How many there are. */
    public int count() {
        return count.get();
    }

    /** Waits until there is none; false if there still are some after this time. For the one thread that stops the gateway. */
    public boolean endWithin(Duration time) throws InterruptedException {
        none = new CountDownLatch(1);
        return count.get() == 0 || none.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
