package dev.sallyport.contract.watch;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How often something happened, and when first and last. Thread-safe. */
public final class OccurrenceCounter {
    private final LongAdder count = new LongAdder();
    private volatile @Nullable Instant first;
    private volatile @Nullable Instant last;

    /**
     * A tally as it was at one moment.
     *
     * @param times how often
     */
    public record Count(long times, Instant first, Instant last) {}

    void add(Instant now) {
        if (first == null) {
            first = now;
        }
        last = now;
        count.increment();
    }

    Count count() {
        Instant begin = first;
        Instant end = last;
        return new Count(count.sum(), begin == null ? Instant.EPOCH : begin, end == null ? Instant.EPOCH : end);
    }
}
