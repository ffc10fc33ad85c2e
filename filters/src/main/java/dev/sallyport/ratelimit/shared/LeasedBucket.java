package dev.sallyport.ratelimit.shared;

import dev.sallyport.ratelimit.Bucket;
import dev.sallyport.ratelimit.Limit;
import dev.sallyport.ratelimit.Standing;
import dev.sallyport.ratelimit.shared.LimitScript.Answer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One bucket as one gateway knows it: the lease, how much is worth holding, and what the store said last. How much grows twofold
 * with each time that the store is asked, and begins anew once the lease is idle: a key of which there are few calls is never
 * held. Times are those of {@link System#nanoTime}. Thread-safe.
 */
final class LeasedBucket {
    private final Bucket bucket;
    private final Lease lease;
    private final long most;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long size = 1;
    private volatile boolean used;
    private volatile Seen seen;

    /**
     * What the store said.
     *
     * @param left in the store
     * @param fullAt when its bucket is full
     * @param nextAt when its next permit is there; what was refused before is refused again until then
     * @param askAt when it is asked again, though a permit may have been given back before {@code nextAt}
     */
    private record Seen(long left, long fullAt, long nextAt, long askAt) {}

    LeasedBucket(Bucket bucket, long most, long now) {
        this.bucket = bucket;
        this.most = most;
        this.lease = new Lease(most);
        this.seen = new Seen(bucket.limit().burst(), now, now, now);
    }

    Bucket bucket() {
        return bucket;
    }

    Lease lease() {
        return lease;
    }

    /** Takes a permit if one is held. */
    boolean take() {
        used = true;
        return lease.take();
    }

    /** Whether the store has said that there is none, and that still holds. */
    boolean isRefused(long now) {
        return seen.askAt() - now > 0;
    }

    /** Whether more are worth asking for before they are needed. */
    boolean isLow() {
        return most > 0 && lease.held() < (size + 1) / 2;
    }

    /** Begins to ask for more than is needed; false if that is under way. */
    boolean beginAsking() {
        return asking.compareAndSet(false, true);
    }

    void endAsking() {
        asking.set(false);
    }

    /** How many to wish for. */
    long wish() {
        return Math.min(size, lease.room());
    }

    /**
     * Takes in what the store said.
     *
     * @param calls for how many calls there is a permit among those that were taken
     * @param longest how long a refusal is believed
     * @return how many permits found no room, and have to go back
     */
    long told(Answer answer, long calls, long now, long longest) {
        long spare = answer.taken() - calls;
        if (spare > 0) {
            size = Math.min(most, size * 2);
        }
        long nextAt = now + answer.nanosToNext();
        seen = new Seen(
                answer.left(), now + answer.nanosToFull(), nextAt, now + Math.min(answer.nanosToNext(), longest));
        return lease.add(spare);
    }

    /** What an idle lease has; nothing if it was used since this was asked last. */
    long idle() {
        boolean wasUsed = used;
        used = false;
        if (wasUsed) {
            return 0;
        }
        size = 1;
        return lease.clear();
    }

    /** How the bucket stands, as far as is known here. */
    Standing standing(long now) {
        Seen last = seen;
        Limit limit = bucket.limit();
        long missing = Math.max(0, last.fullAt() - now);
        long toCome = (long)
                Math.ceil((double) missing * limit.permits() / limit.per().toNanos());
        long flown = Math.max(0, limit.burst() - last.left() - toCome);
        long left = Math.min(limit.burst(), last.left() + flown) + lease.held();
        return new Standing(limit, Math.min(limit.burst(), left), 0, missing);
    }

    /** How the bucket stands for a call that it refuses. */
    Standing refusing(long now) {
        Seen last = seen;
        return new Standing(bucket.limit(), 0, Math.max(1, last.nextAt() - now), Math.max(0, last.fullAt() - now));
    }
}
