package dev.sallyport.ratelimit;

import dev.sallyport.call.CallSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Keeps buckets. Thread-safe, never blocks. Buckets that are asked for together differ. */
public interface LimitStore {
    /** Takes a permit of each bucket or none; null if that cannot be decided at once, and then nothing is taken. */
    @Nullable
    Taking takeNow(List<Bucket> buckets);

    /** Takes a permit of each bucket or none, whatever has to be asked for it. */
    Mono<Taking> take(List<Bucket> buckets);

    /**
     * The same for a call.
     *
     * @param span of the call
     */
    default Mono<Taking> take(List<Bucket> buckets, CallSpan span) {
        return take(buckets);
    }

    /** Puts permits back that were taken, and are not needed after all. */
    void giveBack(List<Bucket> buckets);

    /** Puts back all that is held ahead of calls, since there will be none. */
    default Mono<Void> giveAllBack() {
        return Mono.empty();
    }

    /** Counts a call that was made already: takes what there is of each. */
    void count(List<Bucket> buckets);
}
